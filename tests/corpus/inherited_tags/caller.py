"""What a caller writes: a base is the union of those that inherit from it."""

from typing import assert_never

from inherited_tags import Cat, Dog, Pet, UnknownVariant


def describe(pet: Pet) -> str:
    match pet:
        case Cat(indoor=True):
            return f"{pet.name} stays at home"
        case Cat():
            return pet.name
        case Dog():
            return f"{pet.name}, a {pet.breed}"
        case UnknownVariant():
            return str(pet.tag)
        case _:
            assert_never(pet)


def breed(pet: Pet) -> str | None:
    if isinstance(pet, UnknownVariant):
        return None
    return pet.breed if pet.species == "dog" else None

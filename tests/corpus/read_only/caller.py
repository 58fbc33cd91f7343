"""What a caller writes: type checkers know what is sent from what was received."""

from read_only import Animal, Cat, Client, Dog, OwnerInput, Pet, PetInput, UnknownVariant, codecs

PET = PetInput(name="Ada", pin="1", owner=OwnerInput(name="Ann"))


def created(client: Client) -> Pet:
    return client.pets.create(PET)


def number(animal: Animal) -> int:
    match animal:
        case Cat() | Dog():
            return animal.id
        case UnknownVariant():
            return 0


def owner_again(pet: Pet) -> OwnerInput | None:
    return codecs.to_owner_input(pet.owner) if pet.owner else None

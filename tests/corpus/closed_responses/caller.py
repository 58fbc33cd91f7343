"""What a caller writes: with closed responses nothing is left but what is listed."""

from closed_responses import State


def mode(state: State) -> str:
    if state.state == "online":
        return "quiet" if state.mode == "eco" else "loud"
    return "off"

"""What goes to which process, where several run the tests: files, and all features to one."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

FEATURES = "tests/features"


class ByFile(LoadScopeScheduling):
    """Keeps a file together, which shares fixtures, and the features, which are counted.

    Marks (`--dist loadgroup`) would do, but xdist 3.8 loses them with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, _ = nodeid.partition("::")
        return FEATURES if path.startswith(f"{FEATURES}/") else path

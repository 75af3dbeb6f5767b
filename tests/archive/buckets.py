"""A file system of fsspec that keeps versions, as a bucket of S3 may; calls are those of s3fs."""

import itertools
from datetime import UTC, datetime, timedelta

from fsspec.implementations.memory import MemoryFileSystem

START = datetime(2026, 1, 1, tzinfo=UTC)


class Bucket(MemoryFileSystem):
    """Objects in memory. ``denied`` are calls that are not allowed; a page of a listing has two versions."""

    cachable = False

    def __init__(self, status="Enabled", denied=(), **more):
        super().__init__(**more)
        self.store, self.pseudo_dirs = {}, [""]
        self.status, self.denied = status, set(denied)
        self.versions = []  # (key, version, time, is a marker)
        self.calls = []
        self._numbers = itertools.count()

    def split_path(self, path):
        bucket, _, key = self._strip_protocol(path).lstrip("/").partition("/")
        return bucket, key, None

    def pipe_file(self, path, value, mode="overwrite", **more):
        super().pipe_file(path, value, mode, **more)
        self._keep(path, marker=False)

    def rm_file(self, path):
        super().rm_file(path)
        if self.status:
            self._keep(path, marker=True)

    def _keep(self, path, *, marker):
        number = next(self._numbers)
        self.versions.insert(
            0, (self.split_path(path)[1], f"v{number}", START + timedelta(seconds=number), marker)
        )

    def call_s3(self, call, **arguments):
        self.calls.append(call)
        if call in self.denied or arguments.get("VersionId") in self.denied:
            raise PermissionError("not allowed")
        return getattr(self, f"_{call}")(**arguments)

    def _get_bucket_versioning(self, **_):
        return {"Status": self.status} if self.status else {}

    def _list_object_versions(self, Bucket, Prefix, KeyMarker=None, VersionIdMarker=None):  # noqa: ARG002, N803 - as S3 has them
        own = [one for one in self.versions if one[0].startswith(Prefix)]
        at = 0 if VersionIdMarker is None else [one[1] for one in own].index(VersionIdMarker) + 1
        page = own[at : at + 2]
        written = [
            ({"Key": key, "VersionId": version, "LastModified": time}, marker)
            for key, version, time, marker in page
        ]
        found = {
            "Versions": [one for one, marker in written if not marker],
            "IsTruncated": at + 2 < len(own),
        }
        if any(marker for _, marker in written):
            found["DeleteMarkers"] = [one for one, marker in written if marker]
        if found["IsTruncated"]:
            found |= {"NextKeyMarker": page[-1][0], "NextVersionIdMarker": page[-1][1]}
        return found

    def _delete_object(self, Bucket, Key, VersionId):  # noqa: N803 - as S3 has them
        self.versions = [one for one in self.versions if one[1] != VersionId]
        if not [one for one in self.versions if one[0] == Key and not one[3]]:
            self.store.pop(f"/{Bucket}/{Key}", None)

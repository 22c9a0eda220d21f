from router.wire.pb.selat.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Port(_message.Message):
    __slots__ = ("id", "location", "time_zone")
    ID_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    id: str
    location: _places_pb2.Location
    time_zone: str
    def __init__(self, id: _Optional[str] = ..., location: _Optional[_Union[_places_pb2.Location, _Mapping]] = ..., time_zone: _Optional[str] = ...) -> None: ...

class Sailing(_message.Message):
    __slots__ = ("id", "departs", "crossing_seconds", "deck_slots", "cancelled")
    ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTS_FIELD_NUMBER: _ClassVar[int]
    CROSSING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    DECK_SLOTS_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    id: str
    departs: str
    crossing_seconds: int
    deck_slots: int
    cancelled: bool
    def __init__(self, id: _Optional[str] = ..., departs: _Optional[str] = ..., crossing_seconds: _Optional[int] = ..., deck_slots: _Optional[int] = ..., cancelled: _Optional[bool] = ...) -> None: ...

class Line(_message.Message):
    __slots__ = ("id", "from_port", "to_port", "crossing_seconds", "check_in_seconds", "unload_seconds", "fares", "sailings")
    class FaresEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    FROM_PORT_FIELD_NUMBER: _ClassVar[int]
    TO_PORT_FIELD_NUMBER: _ClassVar[int]
    CROSSING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    CHECK_IN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    UNLOAD_SECONDS_FIELD_NUMBER: _ClassVar[int]
    FARES_FIELD_NUMBER: _ClassVar[int]
    SAILINGS_FIELD_NUMBER: _ClassVar[int]
    id: str
    from_port: str
    to_port: str
    crossing_seconds: int
    check_in_seconds: int
    unload_seconds: int
    fares: _containers.ScalarMap[str, float]
    sailings: _containers.RepeatedCompositeFieldContainer[Sailing]
    def __init__(self, id: _Optional[str] = ..., from_port: _Optional[str] = ..., to_port: _Optional[str] = ..., crossing_seconds: _Optional[int] = ..., check_in_seconds: _Optional[int] = ..., unload_seconds: _Optional[int] = ..., fares: _Optional[_Mapping[str, float]] = ..., sailings: _Optional[_Iterable[_Union[Sailing, _Mapping]]] = ...) -> None: ...

class Ferries(_message.Message):
    __slots__ = ("ports", "lines")
    PORTS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    ports: _containers.RepeatedCompositeFieldContainer[Port]
    lines: _containers.RepeatedCompositeFieldContainer[Line]
    def __init__(self, ports: _Optional[_Iterable[_Union[Port, _Mapping]]] = ..., lines: _Optional[_Iterable[_Union[Line, _Mapping]]] = ...) -> None: ...

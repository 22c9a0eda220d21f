from router.wire.pb.selat.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Costs(_message.Message):
    __slots__ = ("fixed", "per_km", "per_hour")
    FIXED_FIELD_NUMBER: _ClassVar[int]
    PER_KM_FIELD_NUMBER: _ClassVar[int]
    PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    fixed: float
    per_km: float
    per_hour: float
    def __init__(self, fixed: _Optional[float] = ..., per_km: _Optional[float] = ..., per_hour: _Optional[float] = ...) -> None: ...

class Break(_message.Message):
    __slots__ = ("id", "window", "duration_seconds")
    ID_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    window: _places_pb2.Window
    duration_seconds: int
    def __init__(self, id: _Optional[str] = ..., window: _Optional[_Union[_places_pb2.Window, _Mapping]] = ..., duration_seconds: _Optional[int] = ...) -> None: ...

class Vehicle(_message.Message):
    __slots__ = ("id", "profile", "start", "end", "shift", "capacity", "ferry_class", "deck_slots", "provides", "costs", "max_cash", "max_distance_meters", "max_duration_seconds", "max_stops", "max_trips", "reload_seconds", "breaks", "tickets", "plate")
    class CapacityEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    FERRY_CLASS_FIELD_NUMBER: _ClassVar[int]
    DECK_SLOTS_FIELD_NUMBER: _ClassVar[int]
    PROVIDES_FIELD_NUMBER: _ClassVar[int]
    COSTS_FIELD_NUMBER: _ClassVar[int]
    MAX_CASH_FIELD_NUMBER: _ClassVar[int]
    MAX_DISTANCE_METERS_FIELD_NUMBER: _ClassVar[int]
    MAX_DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    MAX_STOPS_FIELD_NUMBER: _ClassVar[int]
    MAX_TRIPS_FIELD_NUMBER: _ClassVar[int]
    RELOAD_SECONDS_FIELD_NUMBER: _ClassVar[int]
    BREAKS_FIELD_NUMBER: _ClassVar[int]
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    PLATE_FIELD_NUMBER: _ClassVar[int]
    id: str
    profile: str
    start: str
    end: str
    shift: _places_pb2.Window
    capacity: _containers.ScalarMap[str, int]
    ferry_class: str
    deck_slots: int
    provides: _containers.RepeatedScalarFieldContainer[str]
    costs: Costs
    max_cash: float
    max_distance_meters: int
    max_duration_seconds: int
    max_stops: int
    max_trips: int
    reload_seconds: int
    breaks: _containers.RepeatedCompositeFieldContainer[Break]
    tickets: _containers.RepeatedScalarFieldContainer[str]
    plate: str
    def __init__(self, id: _Optional[str] = ..., profile: _Optional[str] = ..., start: _Optional[str] = ..., end: _Optional[str] = ..., shift: _Optional[_Union[_places_pb2.Window, _Mapping]] = ..., capacity: _Optional[_Mapping[str, int]] = ..., ferry_class: _Optional[str] = ..., deck_slots: _Optional[int] = ..., provides: _Optional[_Iterable[str]] = ..., costs: _Optional[_Union[Costs, _Mapping]] = ..., max_cash: _Optional[float] = ..., max_distance_meters: _Optional[int] = ..., max_duration_seconds: _Optional[int] = ..., max_stops: _Optional[int] = ..., max_trips: _Optional[int] = ..., reload_seconds: _Optional[int] = ..., breaks: _Optional[_Iterable[_Union[Break, _Mapping]]] = ..., tickets: _Optional[_Iterable[str]] = ..., plate: _Optional[str] = ...) -> None: ...

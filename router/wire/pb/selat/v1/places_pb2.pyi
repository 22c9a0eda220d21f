from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Location(_message.Message):
    __slots__ = ("lat", "lon", "island")
    LAT_FIELD_NUMBER: _ClassVar[int]
    LON_FIELD_NUMBER: _ClassVar[int]
    ISLAND_FIELD_NUMBER: _ClassVar[int]
    lat: float
    lon: float
    island: str
    def __init__(self, lat: _Optional[float] = ..., lon: _Optional[float] = ..., island: _Optional[str] = ...) -> None: ...

class Window(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: str
    end: str
    def __init__(self, start: _Optional[str] = ..., end: _Optional[str] = ...) -> None: ...

class Depot(_message.Message):
    __slots__ = ("id", "location", "windows")
    ID_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    WINDOWS_FIELD_NUMBER: _ClassVar[int]
    id: str
    location: Location
    windows: _containers.RepeatedCompositeFieldContainer[Window]
    def __init__(self, id: _Optional[str] = ..., location: _Optional[_Union[Location, _Mapping]] = ..., windows: _Optional[_Iterable[_Union[Window, _Mapping]]] = ...) -> None: ...

class Stop(_message.Message):
    __slots__ = ("id", "kind", "location", "windows", "service_seconds", "load", "cash_on_delivery", "requires", "allowed_vehicles", "ready_at", "penalty", "landmark")
    class LoadEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    WINDOWS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    CASH_ON_DELIVERY_FIELD_NUMBER: _ClassVar[int]
    REQUIRES_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_VEHICLES_FIELD_NUMBER: _ClassVar[int]
    READY_AT_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    LANDMARK_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: str
    location: Location
    windows: _containers.RepeatedCompositeFieldContainer[Window]
    service_seconds: int
    load: _containers.ScalarMap[str, int]
    cash_on_delivery: float
    requires: _containers.RepeatedScalarFieldContainer[str]
    allowed_vehicles: _containers.RepeatedScalarFieldContainer[str]
    ready_at: str
    penalty: float
    landmark: str
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[str] = ..., location: _Optional[_Union[Location, _Mapping]] = ..., windows: _Optional[_Iterable[_Union[Window, _Mapping]]] = ..., service_seconds: _Optional[int] = ..., load: _Optional[_Mapping[str, int]] = ..., cash_on_delivery: _Optional[float] = ..., requires: _Optional[_Iterable[str]] = ..., allowed_vehicles: _Optional[_Iterable[str]] = ..., ready_at: _Optional[str] = ..., penalty: _Optional[float] = ..., landmark: _Optional[str] = ...) -> None: ...

class ShipmentVisit(_message.Message):
    __slots__ = ("location", "windows", "service_seconds")
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    WINDOWS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    location: Location
    windows: _containers.RepeatedCompositeFieldContainer[Window]
    service_seconds: int
    def __init__(self, location: _Optional[_Union[Location, _Mapping]] = ..., windows: _Optional[_Iterable[_Union[Window, _Mapping]]] = ..., service_seconds: _Optional[int] = ...) -> None: ...

class Shipment(_message.Message):
    __slots__ = ("id", "pickup", "dropoff", "load", "penalty")
    class LoadEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    PICKUP_FIELD_NUMBER: _ClassVar[int]
    DROPOFF_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    PENALTY_FIELD_NUMBER: _ClassVar[int]
    id: str
    pickup: ShipmentVisit
    dropoff: ShipmentVisit
    load: _containers.ScalarMap[str, int]
    penalty: float
    def __init__(self, id: _Optional[str] = ..., pickup: _Optional[_Union[ShipmentVisit, _Mapping]] = ..., dropoff: _Optional[_Union[ShipmentVisit, _Mapping]] = ..., load: _Optional[_Mapping[str, int]] = ..., penalty: _Optional[float] = ...) -> None: ...

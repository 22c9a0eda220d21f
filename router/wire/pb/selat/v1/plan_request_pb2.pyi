from router.wire.pb.selat.v1 import ferries_pb2 as _ferries_pb2
from router.wire.pb.selat.v1 import fleet_pb2 as _fleet_pb2
from router.wire.pb.selat.v1 import places_pb2 as _places_pb2
from router.wire.pb.selat.v1 import travel_pb2 as _travel_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Options(_message.Message):
    __slots__ = ("time_limit_seconds", "seed", "iteration_limit", "change_cost")
    TIME_LIMIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    ITERATION_LIMIT_FIELD_NUMBER: _ClassVar[int]
    CHANGE_COST_FIELD_NUMBER: _ClassVar[int]
    time_limit_seconds: int
    seed: int
    iteration_limit: int
    change_cost: float
    def __init__(self, time_limit_seconds: _Optional[int] = ..., seed: _Optional[int] = ..., iteration_limit: _Optional[int] = ..., change_cost: _Optional[float] = ...) -> None: ...

class Lock(_message.Message):
    __slots__ = ("vehicle_id", "stop_ids", "kind")
    VEHICLE_ID_FIELD_NUMBER: _ClassVar[int]
    STOP_IDS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    vehicle_id: str
    stop_ids: _containers.RepeatedScalarFieldContainer[str]
    kind: str
    def __init__(self, vehicle_id: _Optional[str] = ..., stop_ids: _Optional[_Iterable[str]] = ..., kind: _Optional[str] = ...) -> None: ...

class Webhook(_message.Message):
    __slots__ = ("url",)
    URL_FIELD_NUMBER: _ClassVar[int]
    url: str
    def __init__(self, url: _Optional[str] = ...) -> None: ...

class PlanRequest(_message.Message):
    __slots__ = ("name", "currency", "depots", "stops", "shipments", "vehicles", "ferries", "timetables", "travel", "locks", "options", "webhook")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    DEPOTS_FIELD_NUMBER: _ClassVar[int]
    STOPS_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    VEHICLES_FIELD_NUMBER: _ClassVar[int]
    FERRIES_FIELD_NUMBER: _ClassVar[int]
    TIMETABLES_FIELD_NUMBER: _ClassVar[int]
    TRAVEL_FIELD_NUMBER: _ClassVar[int]
    LOCKS_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    name: str
    currency: str
    depots: _containers.RepeatedCompositeFieldContainer[_places_pb2.Depot]
    stops: _containers.RepeatedCompositeFieldContainer[_places_pb2.Stop]
    shipments: _containers.RepeatedCompositeFieldContainer[_places_pb2.Shipment]
    vehicles: _containers.RepeatedCompositeFieldContainer[_fleet_pb2.Vehicle]
    ferries: _ferries_pb2.Ferries
    timetables: _containers.RepeatedScalarFieldContainer[str]
    travel: _travel_pb2.Travel
    locks: _containers.RepeatedCompositeFieldContainer[Lock]
    options: Options
    webhook: Webhook
    def __init__(self, name: _Optional[str] = ..., currency: _Optional[str] = ..., depots: _Optional[_Iterable[_Union[_places_pb2.Depot, _Mapping]]] = ..., stops: _Optional[_Iterable[_Union[_places_pb2.Stop, _Mapping]]] = ..., shipments: _Optional[_Iterable[_Union[_places_pb2.Shipment, _Mapping]]] = ..., vehicles: _Optional[_Iterable[_Union[_fleet_pb2.Vehicle, _Mapping]]] = ..., ferries: _Optional[_Union[_ferries_pb2.Ferries, _Mapping]] = ..., timetables: _Optional[_Iterable[str]] = ..., travel: _Optional[_Union[_travel_pb2.Travel, _Mapping]] = ..., locks: _Optional[_Iterable[_Union[Lock, _Mapping]]] = ..., options: _Optional[_Union[Options, _Mapping]] = ..., webhook: _Optional[_Union[Webhook, _Mapping]] = ...) -> None: ...

class CancelledLine(_message.Message):
    __slots__ = ("line_id", "start", "end")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    start: str
    end: str
    def __init__(self, line_id: _Optional[str] = ..., start: _Optional[str] = ..., end: _Optional[str] = ...) -> None: ...

class DelayedSailing(_message.Message):
    __slots__ = ("sailing_id", "departs")
    SAILING_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTS_FIELD_NUMBER: _ClassVar[int]
    sailing_id: str
    departs: str
    def __init__(self, sailing_id: _Optional[str] = ..., departs: _Optional[str] = ...) -> None: ...

class ReplanRequest(_message.Message):
    __slots__ = ("at", "cancel_sailings", "cancel_lines", "delay_sailings", "add_stops", "remove_stops", "drop_vehicles", "options")
    AT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_SAILINGS_FIELD_NUMBER: _ClassVar[int]
    CANCEL_LINES_FIELD_NUMBER: _ClassVar[int]
    DELAY_SAILINGS_FIELD_NUMBER: _ClassVar[int]
    ADD_STOPS_FIELD_NUMBER: _ClassVar[int]
    REMOVE_STOPS_FIELD_NUMBER: _ClassVar[int]
    DROP_VEHICLES_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    at: str
    cancel_sailings: _containers.RepeatedScalarFieldContainer[str]
    cancel_lines: _containers.RepeatedCompositeFieldContainer[CancelledLine]
    delay_sailings: _containers.RepeatedCompositeFieldContainer[DelayedSailing]
    add_stops: _containers.RepeatedCompositeFieldContainer[_places_pb2.Stop]
    remove_stops: _containers.RepeatedScalarFieldContainer[str]
    drop_vehicles: _containers.RepeatedScalarFieldContainer[str]
    options: Options
    def __init__(self, at: _Optional[str] = ..., cancel_sailings: _Optional[_Iterable[str]] = ..., cancel_lines: _Optional[_Iterable[_Union[CancelledLine, _Mapping]]] = ..., delay_sailings: _Optional[_Iterable[_Union[DelayedSailing, _Mapping]]] = ..., add_stops: _Optional[_Iterable[_Union[_places_pb2.Stop, _Mapping]]] = ..., remove_stops: _Optional[_Iterable[str]] = ..., drop_vehicles: _Optional[_Iterable[str]] = ..., options: _Optional[_Union[Options, _Mapping]] = ...) -> None: ...

from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MatrixRow(_message.Message):
    __slots__ = ("cells",)
    CELLS_FIELD_NUMBER: _ClassVar[int]
    cells: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, cells: _Optional[_Iterable[int]] = ...) -> None: ...

class Matrix(_message.Message):
    __slots__ = ("places", "seconds", "meters")
    PLACES_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    METERS_FIELD_NUMBER: _ClassVar[int]
    places: _containers.RepeatedScalarFieldContainer[str]
    seconds: _containers.RepeatedCompositeFieldContainer[MatrixRow]
    meters: _containers.RepeatedCompositeFieldContainer[MatrixRow]
    def __init__(self, places: _Optional[_Iterable[str]] = ..., seconds: _Optional[_Iterable[_Union[MatrixRow, _Mapping]]] = ..., meters: _Optional[_Iterable[_Union[MatrixRow, _Mapping]]] = ...) -> None: ...

class Travel(_message.Message):
    __slots__ = ("provider", "matrix", "matrices")
    class MatricesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: Matrix
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[Matrix, _Mapping]] = ...) -> None: ...
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    MATRIX_FIELD_NUMBER: _ClassVar[int]
    MATRICES_FIELD_NUMBER: _ClassVar[int]
    provider: str
    matrix: Matrix
    matrices: _containers.MessageMap[str, Matrix]
    def __init__(self, provider: _Optional[str] = ..., matrix: _Optional[_Union[Matrix, _Mapping]] = ..., matrices: _Optional[_Mapping[str, Matrix]] = ...) -> None: ...

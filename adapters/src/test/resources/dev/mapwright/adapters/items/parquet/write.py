"""Wrote the files of this folder, with PyArrow 25: `python3 write.py` writes them again."""

import datetime
import decimal

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc
AT = datetime.datetime(2024, 2, 29, 12, 34, 56, 789000)

COLUMNS = [
    ("flag", pa.bool_(), True),
    ("small", pa.int16(), -2),
    ("big", pa.int64(), 9007199254740993),
    ("unsigned", pa.uint64(), 18446744073709551615),
    ("float", pa.float32(), 1.1),
    ("double", pa.float64(), float("inf")),
    ("decimal", pa.decimal128(9, 2), decimal.Decimal("-12.30")),
    ("wide", pa.decimal128(38, 2), decimal.Decimal("12345678901234567890.12")),
    ("text", pa.string(), "ü€😀"),
    ("bytes", pa.binary(), b"ab"),
    ("fixed", pa.binary(3), b"abc"),
    ("day", pa.date32(), AT.date()),
    ("time", pa.time64("us"), AT.time()),
    ("local", pa.timestamp("us"), AT),
    ("instant", pa.timestamp("ms", tz="UTC"), AT.replace(tzinfo=UTC)),
    ("word", pa.dictionary(pa.int8(), pa.string()), "red"),
    ("list", pa.list_(pa.int32()), [1, None, 3]),
    ("lists", pa.list_(pa.list_(pa.string())), [["x"], [], None]),
    ("struct", pa.struct([("a", pa.int32()), ("b", pa.struct([("c", pa.string())]))]), {"a": 1, "b": {"c": "x"}}),
    ("structs", pa.list_(pa.struct([("a", pa.int32())])), [{"a": 1}, {"a": None}]),
    ("map", pa.map_(pa.string(), pa.int32()), [("k", 1), ("l", None)]),
    ("nothing", pa.int32(), None),
]

TABLE = pa.table(
    [pa.array([value, None], type) for _, type, value in COLUMNS],
    names=[name for name, _, _ in COLUMNS],
)

pq.write_table(TABLE, "pyarrow-int96-snappy.parquet", compression="snappy", version="1.0",
               use_deprecated_int96_timestamps=True, store_schema=False)
pq.write_table(TABLE, "pyarrow-gzip.parquet", compression="gzip", data_page_version="2.0", store_schema=False)
pq.write_table(TABLE, "pyarrow-delta-zstd.parquet", compression="zstd", data_page_version="2.0", store_schema=False,
               use_dictionary=False,
               column_encoding={"big": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "float": "BYTE_STREAM_SPLIT",
                                "bytes": "DELTA_LENGTH_BYTE_ARRAY", "flag": "RLE"})

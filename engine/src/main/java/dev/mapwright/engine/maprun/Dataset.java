package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;

/// Where a map run's items come from, evaluated once and kept with the run.
public sealed interface Dataset {
    /// An array or object of the state's input.
    record StateItems(Json items) implements Dataset {}

    /// An ItemReader: `resource` is `s3:getObject` or `s3:listObjectsV2`, `arguments` its
    /// Parameters (`Bucket`, `Key`, …), `config` the ReaderConfig with every path and expression
    /// evaluated (`MaxItems` apart: 0 is no limit).
    record Read(String resource, Json arguments, Json config, long maxItems) implements Dataset {}
}

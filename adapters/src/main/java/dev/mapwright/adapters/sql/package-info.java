/// The built-in Athena: queries over S3 objects, run one by one on an embedded SQL engine.
package dev.mapwright.adapters.sql;

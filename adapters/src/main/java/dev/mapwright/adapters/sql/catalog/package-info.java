/// Databases, tables and partitions: what data mean that lie in S3.
package dev.mapwright.adapters.sql.catalog;

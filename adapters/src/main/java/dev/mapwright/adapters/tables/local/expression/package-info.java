/// DynamoDB's expressions: conditions, filters, key conditions, projections and updates, parsed and
/// evaluated.
package dev.mapwright.adapters.tables.local.expression;

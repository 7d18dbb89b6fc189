/// The built-in DynamoDB: tables, indexes and items in the data folder, with DynamoDB's rules,
/// limits and error names.
package dev.mapwright.adapters.tables.local;

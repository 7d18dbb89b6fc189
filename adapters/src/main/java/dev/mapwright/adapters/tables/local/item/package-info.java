/// What an item is made of: attribute values, numbers, key order, sizes, the stored form, and the
/// error that refuses.
package dev.mapwright.adapters.tables.local.item;

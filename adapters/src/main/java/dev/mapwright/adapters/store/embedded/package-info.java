/// The engine's store in the data folder's key-value store: records, journals, and the indexes of
/// the API's listings.
package dev.mapwright.adapters.store.embedded;

/// Items from the data files that a manifest names: Athena's and S3 Inventory's.
package dev.mapwright.adapters.items.manifest;

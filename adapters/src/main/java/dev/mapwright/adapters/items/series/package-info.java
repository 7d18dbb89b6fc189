/// The items of many objects as one dataset: in the objects' order, while several are opened ahead.
package dev.mapwright.adapters.items.series;

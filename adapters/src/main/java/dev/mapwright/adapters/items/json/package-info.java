/// Items from one JSON document: the elements of an array or the members of an object in it.
package dev.mapwright.adapters.items.json;

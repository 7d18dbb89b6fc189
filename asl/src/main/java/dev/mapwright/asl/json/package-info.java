/// JSON values and their text: read and written with Jackson, changed by nobody; an unmodified
/// payload keeps the text it came with.
package dev.mapwright.asl.json;

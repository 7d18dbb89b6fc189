package dev.mapwright.adapters.items.csv;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject.Shape;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A file's columns: where each field of a row goes in its item. Items have their members in the
/// order in which a Java HashMap of the names has them, as AWS shows them.
final class Columns {
    private final Shape shape;
    private final int[] slots;

    Columns(List<String> header) throws ReadFailed {
        var positions = new HashMap<String, Integer>();
        for (int i = 0; i < header.size(); i++) {
            if (positions.put(header.get(i), i) != null) {
                throw new ReadFailed("CSV headers cannot contain duplicates.");
            }
        }
        this.shape = Shape.of(new ArrayList<>(positions.keySet()));
        this.slots = new int[header.size()];
        int slot = 0;
        for (int column : positions.values()) {
            slots[column] = slot++;
        }
    }

    /// One row being read. Missing fields are empty, fields beyond the header are dropped.
    final class Row implements CsvRows.Fields {
        private Object[] values = new Object[slots.length];
        private int column;

        @Override
        public void add(String field) {
            if (column < slots.length) {
                values[slots[column++]] = field;
            }
        }

        @Override
        public boolean wanted() {
            return column < slots.length;
        }

        @Override
        public void clear() {
            column = 0;
        }

        Json take() {
            if (column < slots.length) {
                for (int i = column; i < slots.length; i++) {
                    values[slots[i]] = "";
                }
            }
            Object[] taken = values;
            values = new Object[slots.length];
            column = 0;
            return Json.of(shape.object(taken));
        }
    }
}

package dev.mapwright.asl.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

class JsonObjectTest {
    @Test
    void objectsOfOneShapeShareTheirNames() {
        var shape = JsonObject.Shape.of(List.of("id", "qty"));
        var first = shape.object("7", "3");
        var second = shape.object("8", null);
        assertSame(first.shape(), second.shape());
        assertEquals("{\"id\":\"7\",\"qty\":\"3\"}", Json.of(first).text());
        assertTrue(second.containsKey("qty"));
        assertNull(second.get("qty"));
        assertFalse(second.containsKey("other"));
    }

    @Test
    void isEqualToAnyMapWithTheSameMembers() {
        var object = new JsonObject.Builder().put("a", 1).put("b", null).build();
        var map = new LinkedHashMap<String, Object>();
        map.put("b", null);
        map.put("a", 1);
        assertEquals(map, object);
        assertEquals(object, map);
        assertEquals(map.hashCode(), object.hashCode());
    }

    @Test
    void findsEveryNameOfAWideObject() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            names.add("column" + i);
        }
        var shape = JsonObject.Shape.of(names);
        var object = shape.object(names.toArray());
        for (String name : names) {
            assertEquals(name, object.get(name));
        }
        assertFalse(object.containsKey("column1000"));
        assertFalse(object.containsKey(null));
        assertEquals(names, List.copyOf(object.keySet()));
    }

    @Test
    void aNamePutAgainKeepsItsPlace() {
        var builder = new JsonObject.Builder().put("first", 1);
        for (int i = 0; i < 20; i++) {
            builder.put("n" + i % 15, i);
        }
        var object = builder.put("first", 2).build();
        assertEquals("first", object.keySet().iterator().next());
        assertEquals(2, object.get("first"));
        assertEquals(19, object.get("n4"));
        assertEquals(16, object.size());
    }

    @Test
    void aShapeRefusesANameThatOccursTwice() {
        assertThrows(
                IllegalArgumentException.class, () -> JsonObject.Shape.of(List.of("a", "b", "a")));
    }

    @Test
    void aShapeRefusesTooFewValues() {
        var shape = JsonObject.Shape.of(List.of("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> shape.object(1));
    }
}

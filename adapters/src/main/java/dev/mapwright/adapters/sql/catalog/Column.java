package dev.mapwright.adapters.sql.catalog;

/// @param name in small letters
public record Column(String name, HiveType type) {}

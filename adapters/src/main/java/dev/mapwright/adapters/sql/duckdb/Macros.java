package dev.mapwright.adapters.sql.duckdb;

import java.util.List;

/// Functions that Athena has, in DuckDB's words. Queries call them with the prefix `trino_`, which
/// the translation gives them, because some exist in DuckDB with another meaning.
final class Macros {
    static final List<String> DEFINITIONS = List.of(
            "approx_distinct(x) AS approx_count_distinct(x), (x, e) AS approx_count_distinct(x)",
            "approx_percentile(x, p) AS approx_quantile(x, p)",
            "arbitrary(x) AS any_value(x)",
            "array_join(l, d) AS array_to_string(l, d),"
                    + " (l, d, n) AS array_to_string(list_transform(l, lambda x: coalesce(CAST(x AS VARCHAR), n)), d)",
            """
            date_add(unit, n, t) AS CASE lower(unit)
                WHEN 'millisecond' THEN t + to_milliseconds(n)
                WHEN 'second' THEN t + to_seconds(n)
                WHEN 'minute' THEN t + to_minutes(n)
                WHEN 'hour' THEN t + to_hours(n)
                WHEN 'day' THEN t + to_days(CAST(n AS INTEGER))
                WHEN 'week' THEN t + to_weeks(CAST(n AS INTEGER))
                WHEN 'month' THEN t + to_months(CAST(n AS INTEGER))
                WHEN 'quarter' THEN t + to_months(CAST(3 * n AS INTEGER))
                WHEN 'year' THEN t + to_years(CAST(n AS INTEGER))
                ELSE error('There is no unit ' || unit) END""",
            // Complete units, where DuckDB's date_diff counts the boundaries between.
            "date_diff(unit, a, b) AS date_sub(unit, a, b)",
            "day_of_month(t) AS day(t)",
            "day_of_week(t) AS isodow(t)",
            "day_of_year(t) AS dayofyear(t)",
            "element_at(x, i) AS x[i]",
            "every(x) AS bool_and(x)",
            "from_iso8601_date(s) AS CAST(s AS DATE)",
            "from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMP WITH TIME ZONE)",
            "from_unixtime(s) AS to_timestamp(s)",
            "is_infinite(x) AS isinf(x)",
            "is_nan(x) AS isnan(x)",
            "json_extract_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY') THEN NULL"
                    + " ELSE json_extract_string(j, p) END",
            "json_format(j) AS CAST(j AS VARCHAR)",
            "json_parse(s) AS CAST(s AS JSON)",
            "json_size(j, p) AS json_array_length(j, p)",
            "map_agg(k, v) AS map(list(k), list(v))",
            // Null where nothing matches, not the empty text.
            "regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END,"
                    + " (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END",
            "regexp_like(s, p) AS regexp_matches(s, p)",
            // All matches, not the first one; groups are $1, not \\1.
            "regexp_replace(s, p) AS regexp_replace(s, p, '', 'g'),"
                    + " (s, p, r) AS regexp_replace(s, p, replace(r, '$', '\\'), 'g')",
            "sequence(a, b) AS generate_series(a, b), (a, b, c) AS generate_series(a, b, c)",
            "to_iso8601(t) AS CASE WHEN typeof(t) = 'DATE' THEN strftime(t, '%Y-%m-%d')"
                    + " WHEN typeof(t) = 'TIMESTAMP WITH TIME ZONE' THEN strftime(t, '%Y-%m-%dT%H:%M:%S.%gZ')"
                    + " ELSE strftime(t, '%Y-%m-%dT%H:%M:%S.%g') END",
            "to_unixtime(t) AS epoch(t)",
            "truncate(x) AS trunc(x)",
            "week_of_year(t) AS week(t)",
            "year_of_week(t) AS isoyear(t)");

    private Macros() {}
}

/// Histories as text, in the form in which AWS documents them.
package dev.mapwright.testkit.history;

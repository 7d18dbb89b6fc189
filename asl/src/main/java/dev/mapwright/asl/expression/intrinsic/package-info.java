/// The `States.*` functions, one class per family.
package dev.mapwright.asl.expression.intrinsic;

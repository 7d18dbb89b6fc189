/// What a compiled expression is and what it may read.
package dev.mapwright.asl.expression;

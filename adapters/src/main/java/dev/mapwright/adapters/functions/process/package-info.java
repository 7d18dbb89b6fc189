/// Functions as processes of their own, which speak the Lambda Runtime API with this one.
package dev.mapwright.adapters.functions.process;

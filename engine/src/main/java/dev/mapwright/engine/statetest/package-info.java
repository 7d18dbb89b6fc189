/// TestState: one state tried alone, without an execution and without a history.
package dev.mapwright.engine.statetest;

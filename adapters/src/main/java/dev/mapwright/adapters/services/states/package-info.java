/// The Task integration `states:startExecution`: executions that start executions, in this process.
package dev.mapwright.adapters.services.states;

/// The functions of the scenario `etl`, which run in processes of their own and see nothing of the
/// rest: the JDK, and the drivers of two databases.
package dev.mapwright.scenarios.etl;

package dev.mapwright.engine.task;

import dev.mapwright.asl.json.Json;

import java.util.List;
import java.util.Optional;

/// What a service says its action takes and gives, whether or not it can be called from here.
public interface ActionForm {
    /// How much of a result has to be there.
    enum Completeness {
        /// Every member that the service always returns.
        REQUIRED_MEMBERS,
        /// Whatever somebody cared to write.
        ANY_MEMBERS
    }

    /// Why a result that somebody made up can't be the action's, in AWS's words: `Field
    /// 'StorageClass' is not an expected value`. Members that the action does not have are nobody's
    /// fault.
    Optional<String> resultFault(Json result, Completeness completeness);

    /// Why parameters can't be the action's, in AWS's words: `The field "Bogus" is not supported by
    /// Step Functions`. Empty if they can be, whatever is computed in them.
    List<String> parameterFaults(Outline parameters);
}

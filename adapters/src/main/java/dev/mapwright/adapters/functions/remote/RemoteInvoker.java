package dev.mapwright.adapters.functions.remote;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.functions.invocation.FunctionAnswer;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.Invoker;
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.Optional;

/// One function at another Lambda.
public final class RemoteInvoker implements Invoker {
    private final RemoteFunctions functions;
    private final String name;

    /// @param name there
    public RemoteInvoker(World world, Address address, String name) {
        this.functions = new RemoteFunctions(world, address);
        this.name = name;
    }

    @Override
    public Optional<Invoked> invoke(Invocation invocation, Instant until)
            throws FunctionRefused, InterruptedException {
        var call = new FunctionCall(
                name, Optional.empty(), invocation.payload(), invocation.clientContext());
        return functions.call(call, until).map(FunctionAnswer::invoked);
    }

    /// Connections that nobody uses close themselves.
    @Override
    public void retire() {}

    @Override
    public void close() {
        functions.close();
    }
}

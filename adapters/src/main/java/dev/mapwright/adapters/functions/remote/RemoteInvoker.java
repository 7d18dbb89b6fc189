package dev.mapwright.adapters.functions.remote;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.functions.invocation.FunctionCall;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.Invoker;

import java.util.Optional;

/// One function at another Lambda.
public final class RemoteInvoker implements Invoker {
    private final RemoteFunctions functions;
    private final String name;

    /// @param name there
    public RemoteInvoker(Address address, String name) {
        this.functions = new RemoteFunctions(address);
        this.name = name;
    }

    @Override
    public Invoked invoke(Invocation invocation) throws FunctionRefused, InterruptedException {
        var call = new FunctionCall(
                name, Optional.empty(), invocation.payload(), invocation.clientContext());
        return functions.call(call).invoked();
    }

    /// Connections that nobody uses close themselves.
    @Override
    public void retire() {}

    @Override
    public void close() {
        functions.close();
    }
}

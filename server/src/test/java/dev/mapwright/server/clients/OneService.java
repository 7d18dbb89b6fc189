package dev.mapwright.server.clients;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.InProcess;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

import java.nio.file.Path;

/// One built-in service over a store of its own, and a client of the Java SDK for it.
///
/// @param <C> the client
public record OneService<C extends AutoCloseable>(KeyValueStore store, C client)
        implements AutoCloseable {
    public static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

    /// Makes the service.
    public interface Opening {
        Handler over(KeyValueStore store) throws Exception;
    }

    public static <
                    B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>,
                    C extends AutoCloseable>
            OneService<C> open(Path folder, B builder, Opening opening) throws Exception {
        KeyValueStore store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        var address = new Address.InProcess(new InProcess(opening.over(store)), PLACE.region());
        return new OneService<>(store, SdkClients.build(builder, address, Retrying.NONE));
    }

    @Override
    public void close() throws Exception {
        client.close();
        store.close();
    }
}

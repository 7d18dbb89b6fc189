package dev.mapwright.server;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.events.EventOwner;
import dev.mapwright.adapters.events.Events;
import dev.mapwright.adapters.events.StatusEvents;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.queues.QueueOwner;
import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.adapters.topics.TopicOwner;
import dev.mapwright.adapters.topics.Topics;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.events.EventsHandler;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.sns.SnsHandler;
import dev.mapwright.server.sqs.SqsHandler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The services that carry messages, as far as they are built in and not elsewhere.
///
/// @param targets what messages are delivered to
record Messaging(
        Targets targets,
        Optional<Topics> topics,
        Optional<Events> events,
        Map<String, Handler> handlers)
        implements AutoCloseable {

    /// @param addresses of services that messages are delivered to, by their module
    static Messaging open(
            Configuration configuration,
            KeyValueStore data,
            World world,
            Map<String, Address> addresses,
            Origin origin) {
        String region = configuration.region();
        String account = configuration.account();
        Map<String, Handler> handlers = new HashMap<>();
        if (configuration.isBuiltIn(BuiltInService.SQS)) {
            var owner = new QueueOwner(region, account);
            var queues = new Queues(data, owner, world::uuid, world::now);
            handlers.put("sqs", new SqsHandler(queues, world::uuid, origin));
        }
        var targets = new Targets(addresses);
        Optional<Topics> topics = Optional.empty();
        if (configuration.isBuiltIn(BuiltInService.SNS)) {
            var owner = new TopicOwner(region, account);
            topics = Optional.of(new Topics(world, data, owner, targets));
            topics.ifPresent(
                    here -> handlers.put("sns", new SnsHandler(here, world::uuid, origin)));
        }
        Optional<Events> events = Optional.empty();
        if (configuration.isBuiltIn(BuiltInService.EVENTBRIDGE)) {
            var owner = new EventOwner(region, account);
            events = Optional.of(new Events(world, data, owner, targets));
            events.ifPresent(here -> handlers.put("events", new EventsHandler(here, world::uuid)));
        }
        return new Messaging(targets, topics, events, handlers);
    }

    /// Begins to deliver, and to announce what becomes of executions. Once, when every handler is
    /// in place.
    void start(Engine engine) {
        topics.ifPresent(Topics::start);
        events.ifPresent(Events::start);
        events.ifPresent(here -> engine.tell(new StatusEvents(here)));
    }

    @Override
    public void close() {
        events.ifPresent(Events::close);
        topics.ifPresent(Topics::close);
        targets.close();
    }
}

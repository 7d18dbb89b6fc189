package dev.mapwright.server;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.events.EventOwner;
import dev.mapwright.adapters.events.Events;
import dev.mapwright.adapters.events.News;
import dev.mapwright.adapters.events.StatusEvents;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.actions.AlarmActions.AlarmEvents;
import dev.mapwright.adapters.metrics.actions.AlarmEvent;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.queues.QueueOwner;
import dev.mapwright.adapters.queues.Queues;
import dev.mapwright.adapters.store.embedded.Companion;
import dev.mapwright.adapters.topics.TopicOwner;
import dev.mapwright.adapters.topics.Topics;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.config.BuiltInService;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.events.EventsHandler;
import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Origin;
import dev.mapwright.server.sns.SnsHandler;
import dev.mapwright.server.sqs.SqsHandler;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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

    /// Pages for anybody, by their path: the certificate that topics' signatures are checked with.
    Map<String, Handler> pages() {
        return topics.map(here -> Map.<String, Handler>of(
                        here.certificatePath(), (_, response) -> response.status(200)
                                .header("Content-Type", "application/x-pem-file")
                                .send(here.certificate().getBytes(StandardCharsets.UTF_8))))
                .orElse(Map.of());
    }

    /// Who announces what becomes of executions.
    Companion statusEvents() {
        return events.map(StatusEvents::new)
                .<Companion>map(here -> here::announce)
                .orElseGet(Companion::nobody);
    }

    /// Who announces what becomes of alarms.
    AlarmEvents alarmEvents() {
        return (batch, event) -> events.filter(Events::isHeard)
                .ifPresent(here -> here.announce(
                        batch,
                        new News(
                                AlarmEvent.SOURCE,
                                AlarmEvent.DETAIL_TYPE,
                                event.detail(),
                                List.of(event.alarmArn()),
                                event.time())));
    }

    /// Begins to deliver. Once, when every handler is in place.
    void start() {
        topics.ifPresent(Topics::start);
        events.ifPresent(Events::start);
    }

    @Override
    public void close() {
        events.ifPresent(Events::close);
        topics.ifPresent(Topics::close);
        targets.close();
    }
}

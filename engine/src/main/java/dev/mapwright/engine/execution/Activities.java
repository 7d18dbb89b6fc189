package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.ActivityTasks;
import dev.mapwright.engine.task.ActivityTasks.Offer;
import dev.mapwright.engine.task.ActivityTasks.TooManyWorkers;
import dev.mapwright.engine.task.TaskNews;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Activities: created, described, listed and deleted; and what their workers ask for.
public final class Activities {
    private static final String ACTIVITY = "activity";

    /// How long GetActivityTask waits for a task:
    /// https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
    private static final Duration POLL = Duration.ofSeconds(60);

    private final World world;
    private final Store store;
    private final Place place;
    private final ActivityTasks tasks;

    Activities(World world, Store store, Place place) {
        this.world = world;
        this.store = store;
        this.place = place;
        this.tasks = new ActivityTasks(world, arn -> find(arn).isPresent());
    }

    /// @param encryption its `encryptionConfiguration`, accepted and given back as it came
    public record Activity(String arn, String name, Instant createdAt, Json encryption) {
        Json json() {
            return Json.of(Map.of(
                    "arn",
                    arn,
                    "name",
                    name,
                    "createdAt",
                    createdAt.toString(),
                    "encryption",
                    encryption.value()));
        }

        static Activity of(Json json) {
            var members = (Map<?, ?>) json.value();
            return new Activity(
                    (String) members.get("arn"),
                    (String) members.get("name"),
                    Instant.parse((String) members.get("createdAt")),
                    Json.of(members.get("encryption")));
        }
    }

    /// What CreateActivity gives.
    ///
    /// @param encryption see [Activity#encryption]
    public record NewActivity(String name, Json encryption, Map<String, String> tags) {
        /// One without tags and with AWS's own key.
        public NewActivity(String name) {
            this(name, Json.of(Map.of("type", "AWS_OWNED_KEY")), Map.of());
        }
    }

    /// What a worker is to do. It answers by the token.
    public record Work(String token, Json input) {}

    /// Idempotent on name and encryption: gives the activity that is there, whose tags stay.
    public Activity create(NewActivity wanted) throws Refused, InterruptedException {
        String arn = place.arn("activity:" + Names.check(wanted.name()));
        Optional<Activity> existing = find(arn);
        if (existing.isPresent()) {
            return sameAs(existing.get(), wanted);
        }
        if (isFull()) {
            throw new Refused(
                    "ActivityLimitExceeded",
                    "There are %,d activities, which is as many as an account can have. Delete one."
                            .formatted(Quotas.ACTIVITIES_MAX));
        }
        var activity = new Activity(arn, wanted.name(), world.now(), wanted.encryption());
        var changes = new ArrayList<>(Tags.first(arn, wanted.tags()));
        changes.add(new Change.PutDocument(new Document(ACTIVITY, arn, activity.json())));
        store.write(changes).await();
        return activity;
    }

    private static Activity sameAs(Activity existing, NewActivity wanted) throws Refused {
        if (existing.encryption().equals(wanted.encryption())) {
            return existing;
        }
        throw new Refused(
                "ActivityAlreadyExists",
                "Activity Already Exists: '%s'. EncryptionConfiguration may not be updated."
                        .formatted(existing.arn()));
    }

    private boolean isFull() {
        return store.documents(ACTIVITY, "", Quotas.ACTIVITIES_MAX, Optional.empty())
                        .items()
                        .size()
                == Quotas.ACTIVITIES_MAX;
    }

    public Optional<Activity> find(String arn) {
        return store.document(ACTIVITY, arn).map(Activity::of);
    }

    /// By ARN.
    public Page<Activity> list(int limit, Optional<String> pageToken) {
        Page<Document> page = store.documents(ACTIVITY, "", limit, pageToken);
        return new Page<>(
                page.items().stream()
                        .map(document -> Activity.of(document.content()))
                        .toList(),
                page.nextToken());
    }

    /// A missing one is no error. Tasks that wait for a worker wait on.
    public void delete(String arn) throws InterruptedException {
        store.write(List.of(new Change.DropDocument(ACTIVITY, arn), Tags.drop(arn)))
                .await();
    }

    /// Waits for a task for up to 60 s. That the worker has it is durable when this returns.
    public Optional<Work> take(String arn, Optional<String> workerName)
            throws Refused, InterruptedException {
        if (find(arn).isEmpty()) {
            throw missing(arn);
        }
        Instant deadline = world.now().plus(POLL);
        while (true) {
            Optional<Offer> offer = await(arn, deadline);
            if (offer.isEmpty()) {
                return Optional.empty();
            }
            switch (offer.get().mailbox().send(new TaskNews.Taken(workerName))) {
                case DONE -> {
                    return Optional.of(new Work(offer.get().token(), offer.get().input()));
                }
                case OVER -> {
                    // Its state was aborted just now: on to the next task.
                }
                case LEAVING -> throw new InterruptedException("the engine stops");
            }
        }
    }

    private Optional<Offer> await(String arn, Instant deadline)
            throws Refused, InterruptedException {
        try {
            return tasks.await(arn, deadline);
        } catch (TooManyWorkers _) {
            throw new Refused(
                    "ActivityWorkerLimitExceeded",
                    "%,d workers wait at this activity, which is as many as can: '%s'"
                            .formatted(Quotas.ACTIVITY_WORKERS_MAX, arn));
        }
    }

    public static Refused missing(String arn) {
        return new Refused("ActivityDoesNotExist", "Activity Does Not Exist: '%s'".formatted(arn));
    }

    ActivityTasks tasks() {
        return tasks;
    }
}

package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Activities;
import dev.mapwright.engine.execution.Activities.Activity;
import dev.mapwright.engine.execution.Activities.NewActivity;
import dev.mapwright.engine.execution.Activities.Work;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Map;
import java.util.Optional;

/// Operations on activities, and the one with which their workers ask for work.
final class ActivityOperations {
    private static final int NAME_CHARS_MAX = 80;
    private static final String LISTING = "activities";

    private final Activities activities;

    ActivityOperations(Activities activities) {
        this.activities = activities;
    }

    Members create(Parameters in) throws Refused, InterruptedException {
        String name = in.required("name", NAME_CHARS_MAX);
        Map<String, String> tags = TagOperations.read(in).orElse(Map.of());
        Configuration configuration = Configuration.read(in);
        in.check();
        Activity activity =
                activities.create(new NewActivity(name, configuration.encryption(), tags));
        return new Members()
                .with("activityArn", activity.arn())
                .withTime("creationDate", activity.createdAt());
    }

    Members describe(Parameters in) throws Refused {
        String arn = arn(in);
        Activity activity = activities.find(arn).orElseThrow(() -> Activities.missing(arn));
        return listed(activity)
                .with("encryptionConfiguration", activity.encryption().value());
    }

    Members list(Parameters in) throws Refused {
        Paging paging = Paging.read(in);
        in.check();
        Page<Activity> page = activities.list(paging.limit(), paging.position(LISTING));
        return new Members()
                .withList("activities", page.items(), ActivityOperations::listed)
                .with("nextToken", PageToken.seal(LISTING, page.nextToken()));
    }

    private static Members listed(Activity activity) {
        return new Members()
                .with("activityArn", activity.arn())
                .with("name", activity.name())
                .withTime("creationDate", activity.createdAt());
    }

    Members delete(Parameters in) throws Refused, InterruptedException {
        activities.delete(arn(in));
        return new Members();
    }

    /// Answers nothing when there was no work for 60 s.
    Members work(Parameters in) throws Refused, InterruptedException {
        Optional<String> worker = in.text("workerName", NAME_CHARS_MAX);
        Optional<Work> work = activities.take(arn(in), worker);
        return new Members()
                .with("taskToken", work.map(Work::token))
                .with("input", work.map(given -> given.input().text()));
    }

    private static String arn(Parameters in) throws Refused {
        String arn = in.requiredArn("activityArn");
        in.check();
        return Arn.ofActivity(arn).text();
    }
}

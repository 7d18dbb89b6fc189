package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.DefaultValueTrait;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The members of one of the SDK's structures, by the names that JSON has for them.
final class Shape {
    /// What some services call the member of which the SDK does not say what it is for.
    private static final Set<String> TOKENS =
            Set.of("ClientToken", "ClientRequestToken", "IdempotencyToken");

    /// What the SDK calls otherwise than the API, because Java has another use for the word: an
    /// attribute value of DynamoDB that is null. No other member of the bundled modules is.
    private static final Map<String, String> RENAMED = Map.of("NUL", "NULL");

    private final List<Member> members;
    private final Map<String, Member> byName;
    private final Optional<SdkField<?>> token;

    private Shape(List<Member> members) {
        this.members = members;
        this.byName = new HashMap<>();
        members.forEach(member -> member.names().forEach(name -> byName.put(name, member)));
        this.token = members.stream()
                .filter(member -> member.field().containsTrait(DefaultValueTrait.class))
                .findFirst()
                .or(() -> members.stream()
                        .filter(member -> TOKENS.contains(member.apiName()))
                        .findFirst())
                .map(Member::field);
    }

    /// @param getterName capitalised: `Md5OfMessageBody`
    /// @param apiName capitalised: `MD5OfMessageBody`
    /// @param formerName that the API still has, and the SDK only for old callers: of S3's
    ///     `CopyObject`, `Bucket` for `DestinationBucket`
    record Member(
            SdkField<?> field, String getterName, String apiName, Optional<String> formerName) {
        /// All by which JSON may call it.
        Stream<String> names() {
            return Stream.concat(Stream.of(apiName, getterName), formerName.stream());
        }
    }

    static Shape of(SdkPojo pojo) {
        Map<String, String> methods = new HashMap<>();
        for (Method method : pojo.getClass().getMethods()) {
            methods.put(method.getName().toLowerCase(Locale.ROOT), method.getName());
        }
        List<Member> members = new ArrayList<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            String api = field.memberName();
            String getter = methods.getOrDefault(api.toLowerCase(Locale.ROOT), api);
            String wire = field.unmarshallLocationName();
            Optional<String> former = Optional.ofNullable(
                            methods.get(wire.toLowerCase(Locale.ROOT)))
                    .filter(method -> !method.equals(getter))
                    .map(Shape::capitalised);
            members.add(new Member(
                    field,
                    capitalised(getter),
                    capitalised(RENAMED.getOrDefault(api, api)),
                    former));
        }
        return new Shape(members);
    }

    List<Member> members() {
        return members;
    }

    /// The member that lets the service recognize a request that is made again. The SDK mostly
    /// marks it as having a default value, and marks nothing else so that can be left out.
    Optional<SdkField<?>> token() {
        return token;
    }

    /// By any of its names.
    Optional<SdkField<?>> field(String name) {
        return Optional.ofNullable(byName.get(name)).map(Member::field);
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}

package org.azekura.rest.document;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.MayBeNull;
import org.azekura.rest.call.Secret;

/** JSON schemas of records, as Jackson writes and reads them. Used once, by one thread. */
final class Forms {

    static final String AT = "components/schemas";

    /** Fields that say when. */
    private static final Set<String> TIMES = Set.of("time", "started", "ended", "created", "keyExported", "lastSeen", "seen", "expires", "revoked", "retentionTime",
            "machineTime", "labelled", "written", "loaded", "mtime", "trusted", "unread", "since", "until", "asked", "due");

    private final SchemaBuilder builder;

    Forms() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(new JacksonModule());
        config.forFields().withNullableCheck(Forms::mayBeNull).withRequiredCheck(Forms::isAlwaysThere).withStringFormatResolver(Forms::format)
                .withWriteOnlyCheck(field -> field.getAnnotation(Secret.class) != null);
        config.forTypesInGeneral().withSubtypeResolver(Forms::permitted).withDefinitionNamingStrategy(new Names());
        builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /** A reference to the schema of this type. */
    ObjectNode of(Type type) {
        return builder.createSchemaReference(type);
    }

    /** All schemas that were referred to, by their names. */
    ObjectNode all() {
        return builder.collectDefinitions(AT);
    }

    static String name(Class<?> type) {
        String own = type.getSimpleName();
        Class<?> outer = type.getEnclosingClass();
        if (outer == null) {
            return own;
        }
        String noun = outer.getSimpleName().replaceFirst("(Routes|Reader|View)$", "");
        return own.contains(noun) ? own : outer.getSimpleName().endsWith("Reader") ? own + noun : noun + own;
    }

    private static boolean mayBeNull(FieldScope field) {
        Class<?> type = field.getType().getErasedType();
        boolean many = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        return !type.isPrimitive() && (!many || field.getAnnotation(MayBeNull.class) != null);
    }

    private static boolean isAlwaysThere(FieldScope field) {
        return field.getAnnotation(JsonInclude.class) == null && !field.getDeclaringType().getErasedType().isAnnotationPresent(JsonInclude.class);
    }

    private static String format(FieldScope field) {
        return field.getType().getErasedType() == String.class && TIMES.contains(field.getName()) ? "date-time" : null;
    }

    private static List<ResolvedType> permitted(ResolvedType type, SchemaGenerationContext context) {
        return type.getErasedType().isSealed()
                ? Stream.of(type.getErasedType().getPermittedSubclasses()).map(one -> context.getTypeContext().resolveSubtype(type, one)).toList()
                : null;
    }

    /** Two records may be called alike in two rooms; in the document no two are. */
    private static final class Names implements SchemaDefinitionNamingStrategy {

        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            return name(key.getType().getErasedType());
        }
    }
}

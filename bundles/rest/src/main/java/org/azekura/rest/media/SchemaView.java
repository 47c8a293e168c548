package org.azekura.rest.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.driver.SettingsForm;

/**
 * What can be set of a driver's devices, as a JSON Schema of the object {@code settings}.
 *
 * @param properties in the order in which people are asked for them
 */
record SchemaView(@JsonProperty("$schema") String schema, String title, String description, String type, Map<String, Setting> properties, List<String> required,
        boolean additionalProperties) {

    /**
     * @param type    string, integer, number or boolean
     * @param preset  what it is if it is left out, of its type
     * @param format  password if it is secret
     * @param choices the only values that will do
     * @param unit    of the number; no keyword of JSON Schema
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Setting(String title, String description, String type, @JsonProperty("default") Object preset, Double minimum, Double maximum, String format,
            @JsonProperty("oneOf") List<Choice> choices, String unit) {}

    /** @param value that is meant */
    record Choice(@JsonProperty("const") String value, String title) {}

    static SchemaView of(SettingsForm form) {
        Map<String, Setting> properties = new LinkedHashMap<>();
        form.settings().forEach(setting -> properties.put(setting.name(), setting(setting)));
        return new SchemaView("https://json-schema.org/draft/2020-12/schema", form.title(), form.description(), "object", properties,
                form.settings().stream().filter(SettingsForm.Setting::required).map(SettingsForm.Setting::name).toList(), false);
    }

    private static Setting setting(SettingsForm.Setting setting) {
        String type = switch (setting.kind()) {
            case TEXT, SECRET -> "string";
            case WHOLE_NUMBER -> "integer";
            case NUMBER -> "number";
            case SWITCH -> "boolean";
        };
        boolean secret = setting.kind() == SettingsForm.Kind.SECRET;
        return new Setting(setting.label(), setting.description(), type, secret ? null : preset(setting), number(setting.least()), number(setting.most()),
                secret ? "password" : null, setting.choices().stream().map(choice -> new Choice(choice.value(), choice.label())).toList(), unit(setting));
    }

    private static Object preset(SettingsForm.Setting setting) {
        return switch (setting.kind()) {
            case TEXT, SECRET -> setting.preset();
            case WHOLE_NUMBER, NUMBER -> whole(number(setting.preset()));
            case SWITCH -> setting.preset() == null ? null : Boolean.valueOf(setting.preset());
        };
    }

    private static Number whole(Double number) {
        return number != null && number == Math.rint(number) ? (Number) number.longValue() : number;
    }

    /** Null for what is no number: such a bound bounds nothing. */
    private static Double number(String text) {
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What is behind the last underscore of a number's name; null if nothing is. */
    private static String unit(SettingsForm.Setting setting) {
        boolean number = setting.kind() == SettingsForm.Kind.WHOLE_NUMBER || setting.kind() == SettingsForm.Kind.NUMBER;
        int at = setting.name().lastIndexOf('_');
        return number && at > 0 && at < setting.name().length() - 1 ? setting.name().substring(at + 1) : null;
    }
}

package org.azekura.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that others can compile against in a package, one line for each: {@code Type: member}, or {@code Type = what it is}.
 *
 * @param version of the package
 */
record SpiText(String version, SortedSet<String> lines) {

    private static final String VERSION = "version ";

    static SpiText parse(List<String> text) {
        return new SpiText(text.getFirst().substring(VERSION.length()), new TreeSet<>(text.subList(1, text.size())));
    }

    List<String> text() {
        List<String> text = new ArrayList<>(List.of(VERSION + version));
        text.addAll(lines);
        return text;
    }

    /** As it was compiled just now. */
    static SpiText of(String name) throws IOException {
        Path folder = Path.of("target/classes").resolve(name.replace('.', '/'));
        SortedSet<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class") && !f.endsWith("package-info.class")).toList()) {
                describe(named(name + "." + file.getFileName().toString().replace(".class", "")), kind(file), lines);
            }
        }
        return new SpiText(value(folder.resolve("package-info.class"), "Version"), lines);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, SpiText.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These annotations are gone when classes are loaded. */
    private static String kind(Path file) {
        return value(file, "ConsumerType") != null ? " for consumers" : value(file, "ProviderType") != null ? " for providers" : "";
    }

    /** @return the annotation's value, empty if it has none, null if it is not there */
    private static String value(Path file, String annotation) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            for (Annotation found : model.findAttribute(Attributes.runtimeInvisibleAnnotations()).map(all -> all.annotations()).orElse(List.of())) {
                if (found.className().stringValue().endsWith("/" + annotation + ";")) {
                    return found.elements().isEmpty() ? "" : ((AnnotationValue.OfString) found.elements().getFirst().value()).stringValue();
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(Class<?> type, String kind, SortedSet<String> lines) {
        if (!isOpen(type)) {
            return;
        }
        String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        String what = type.isAnnotation() ? "annotation" : type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        String modifiers = Modifier.toString(type.getModifiers() & (Modifier.FINAL | (type.isInterface() ? 0 : Modifier.ABSTRACT)));
        lines.add(name + " = " + (modifiers + " " + what).strip() + kind + above(type));
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> lines.add(name + ": permits " + brief(permitted.getTypeName())));
        }
        Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields()).flatMap(Arrays::stream)
                .filter(member -> isOpen((Member) member)).forEach(member -> lines.add(name + ": " + text(member)));
    }

    private static String above(Class<?> type) {
        List<Type> above = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null && type.getGenericSuperclass() != Object.class) {
            above.addFirst(type.getGenericSuperclass());
        }
        return above.isEmpty() ? "" : " of " + brief(names(above.toArray(Type[]::new)));
    }

    private static boolean isOpen(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && (type.getDeclaringClass() == null || isOpen(type.getDeclaringClass()));
    }

    private static boolean isOpen(Member member) {
        return (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers())) && !member.isSynthetic();
    }

    private static String text(AnnotatedElement member) {
        return brief(switch (member) {
            case Field field -> (Modifier.isStatic(field.getModifiers()) ? "static " : "") + field.getGenericType().getTypeName() + " " + field.getName();
            case Constructor<?> constructor -> "new" + parameters(constructor);
            case Method method -> (method.isDefault() ? "default" : Modifier.toString(method.getModifiers() & (Modifier.STATIC | Modifier.ABSTRACT)))
                    + " " + method.getGenericReturnType().getTypeName() + " " + method.getName() + parameters(method);
            default -> throw new IllegalStateException(member.toString());
        });
    }

    private static String parameters(Executable executable) {
        String thrown = names(executable.getGenericExceptionTypes());
        return "(" + names(executable.getGenericParameterTypes()) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static String brief(String text) {
        return text.replace("java.lang.", "").replace("org.azekura.api.", "").replace('$', '.').strip();
    }
}

package io.oomstream.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a manifest that the API's classes took in without knowing them. */
final class StrictFields {

  private StrictFields() {}

  static void collectUnknown(@Nullable Object value, String path, List<String> found) {
    if (value instanceof Collection<?> many) {
      int i = 0;
      for (Object one : many) {
        collectUnknown(one, path + "/" + i++, found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> collectUnknown(one, path + "/" + key, found));
    } else if (value != null && isModel(value.getClass())) {
      for (Method getter : value.getClass().getMethods()) {
        if (isGetter(getter)) {
          Object got = get(value, getter);
          if (getter.getName().equals("getAdditionalProperties")) {
            if (got instanceof Map<?, ?> unknown) {
              unknown.keySet().forEach(key -> found.add(path + ": unknown field " + key));
            }
          } else {
            collectUnknown(got, path + "/" + getter.getName().substring(3), found);
          }
        }
      }
    }
  }

  private static boolean isModel(Class<?> c) {
    return !c.isEnum()
        && (c.getName().startsWith("io.fabric8.") && c.getName().contains(".model")
            || c.getName().startsWith("io.strimzi."));
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic()
        && !method.getName().equals("getClass");
  }

  private static @Nullable Object get(Object value, Method getter) {
    try {
      return getter.invoke(value);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    } catch (InvocationTargetException e) {
      // Not a field: something that the class works out, and can't for this object.
      return null;
    }
  }
}

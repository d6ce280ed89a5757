package parley;

import java.lang.reflect.Field;

/** Gives beans what the container would inject. */
public final class Injected {

    private Injected() {
    }

    /** Sets a field of this bean, or of the bean that an anonymous class extends, and returns the bean. */
    public static <T> T with(T bean, String name, Object value) {
        try {
            Class<?> type = bean.getClass().isAnonymousClass() ? bean.getClass().getSuperclass() : bean.getClass();
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
            return bean;
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}

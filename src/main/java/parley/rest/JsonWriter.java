package parley.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import parley.protocol.Codec;
import parley.protocol.Message;
import parley.protocol.Reply;
import parley.protocol.SearchPage;
import parley.protocol.WipedBuffers;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes records as JSON without absent values. Messages are written as the socket writes them. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class JsonWriter implements MessageBodyWriter<Record> {

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().recyclerPool(new WipedBuffers()).build())
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL)).build();

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return Record.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(Record body, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
                        MultivaluedMap<String, Object> headers, OutputStream out) throws IOException {
        String json = switch (body) {
            case Reply.Page page -> Codec.encodePage(page);
            case Message message -> Codec.encodeMessage(message);
            case Reply.Watching rooms -> Codec.encodeRooms(rooms);
            case SearchPage found -> Codec.encodeSearch(found);
            default -> JSON.writeValueAsString(body);
        };
        out.write(json.getBytes(StandardCharsets.UTF_8));
    }
}

import type { PageChannel, PageFile, PageMessage, PageUser, PageView } from '../page-protocol.ts';
import type { Channel, Json, Message, Person, StoredFile, View } from '../state/model.ts';
import type { Store } from '../state/store.ts';

export function pageFile(file: StoredFile): PageFile {
  const { id, name, mimetype, size } = file;
  return { id, name, mimetype, size, url: `/files/${id}/${encodeURIComponent(name)}` };
}

export function pageMessage(store: Store, message: Message): PageMessage {
  const { channel, ts, user, text, blocks, threadTs, ephemeralTo, reactions } = message;
  const thread = store.thread(message);
  return {
    channel,
    ts,
    user,
    text,
    ...(blocks && { blocks }),
    ...(message.files && { files: store.filesOf(message).map(pageFile) }),
    ...((threadTs ?? (thread.count > 0 ? ts : undefined)) && { threadTs: threadTs ?? ts }),
    replyCount: thread.count,
    replyUsers: thread.people,
    edited: message.edited !== undefined,
    ...(ephemeralTo && { ephemeralTo }),
    ...(reactions && { reactions }),
  };
}

export function pageUser(person: Person): PageUser {
  const { id, name, realName, title, kind, deactivated, color, featured } = person;
  return { id, name, realName, title, kind, deactivated, color, featured };
}

export function pageChannel(store: Store, channel: Channel, person: string): PageChannel {
  const { id, name, topic, archived, shared, members, kind } = channel;
  const other = kind === 'im' ? (members.find((member) => member !== person) ?? person) : undefined;
  return {
    id,
    name,
    kind: kind === 'mpim' ? 'private' : kind,
    topic,
    archived,
    shared,
    members,
    unread: store.unread(person, id),
    ...(other && { with: other }),
  };
}

const textOf = (value: Json | undefined) => value?.text as string | undefined;

export function pageView(view: View): PageView {
  const { id, rootId, type, blocks, errors } = view;
  const [title, submit, close] = [textOf(view.title), textOf(view.submit), textOf(view.close)];
  return {
    id,
    rootId,
    type,
    blocks,
    ...(title && { title }),
    ...(submit && { submit }),
    ...(close && { close }),
    ...(errors && { errors }),
  };
}

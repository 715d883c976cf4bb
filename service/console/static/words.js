// The page's own labels in both languages. What the bot says is the service's business and never stands here.

const ZH = {
  title: "走访 · 试用", skip: "跳到输入框", brand: "走访", trial: "试用", parts: "页面的几块",
  tabTalk: "聊天", tabWho: "换人换群", tabOthers: "别人收到", tabClock: "时间",
  chats: "对话", who: "我现在是", filter: "找人：姓名、部门、班级", nobody: "没有找到这个人。",
  direct: "和走访私聊", group: "群", members: "{n} 人", as: "以{name}的身份说话", only: "仅{name}和走访", bot: "走访",
  log: "对话内容", newer: "有新消息", examples: "例子", commands: "命令",
  box: "消息", boxHint: "说点什么，输入 / 看命令", send: "发送",
  boxHelp: "Enter 发送，Shift + Enter 换行，输入 / 看命令", count: "{n} 字",
  welcomeTitle: "试着记一次家访",
  welcomeOne: "点输入框上方的例子，再按发送。", welcomeNoExample: "在下面输入 /家访 七3 王小明 奶奶照顾，内向，再按发送。",
  welcomeTwo: "把时间往后拨一天，看进度和待访怎么变。", welcomeThree: "在群里记一次，写上“同行：蔡平”，再去看蔡平收到的。",
  sending: "正在发送", unsure: "不确定有没有送到。再发一次，只算一次。", resend: "再发一次",
  refused: "没有收下：{error}", edit: "放回输入框", quietGroup: "走访没有回应。在群里，它只听以 / 开头的话。",
  quietDirect: "走访没有回应。", more: "展开全文", less: "收起", understood: "怎么理解的",
  onlyYou: "只有你看得到", toDirect: "到私聊里看", saidIn: "这条发在“{title}”", toChat: "过去看看",
  late: "这一问已经过去了", notYours: "这是问别人的", sayAs: "以{name}的身份说",
  clock: "学校时间", plusHour: "+1 小时", plusDay: "+1 天", toFriday: "到周五 16:00", plusFifteen: "+15 天",
  clockTo: "拨到", clockGo: "拨过去", busy: "正在一步一步走过去，到期的事会逐件办……",
  toldNone: "这段时间里没有要告诉谁的。", told: "这段时间里，走访发了 {n} 条：",
  others: "走访对别人说了什么", inboxLabel: "收到的消息", inboxOf: "看谁收到的", pick: "选一个人或一个群", arrivals: "有新消息的",
  inboxStart: "走访发给别人的话会出现在这里。记一次家访，写上“同行：”和同事的名字，就能看到。",
  inboxNone: "还没有给{name}发过什么。", speakAs: "换成{name}说话", goGroup: "到这个群里去", unread: "{n} 条未读",
  foot: "老师、家庭和学生都是虚构的，联系领导用的是方案里的名字。这里只在本机试用，不会发给任何人。",
  offline: "和服务的连接断了，正在重新连接。", noService: "连不上服务：{error}", retry: "再试一次",
  networkError: "没有回应，请看看服务是不是还开着。", statusError: "服务答复 {status}。",
  role_teacher: "老师", role_liaison: "联络人", role_leader: "联系领导", role_head: "组长", role_deputy_head: "副组长",
  role_office: "办公室", role_working: "工作小组", role_admin: "管理员", role_other: "其他",
  comma: "、", switchTo: "EN", switchLabel: "Switch to English",
};

const EN = {
  title: "Zoufang · trial", skip: "Skip to the message box", brand: "Zoufang", trial: "trial", parts: "Parts of the page",
  tabTalk: "Chat", tabWho: "Who, where", tabOthers: "Others got", tabClock: "Clock",
  chats: "Chats", who: "I am now", filter: "Find a name, unit or class", nobody: "Nobody by that name.",
  direct: "One-to-one with the bot", group: "Group", members: "{n} people", as: "You speak as {name}",
  only: "Only {name} and the bot", bot: "Zoufang",
  log: "Conversation", newer: "New messages", examples: "Examples", commands: "Commands",
  box: "Message", boxHint: "Message, or / for commands", send: "Send",
  boxHelp: "Enter sends, Shift + Enter starts a new line, / lists the commands", count: "{n} characters",
  welcomeTitle: "Record a first home visit",
  welcomeOne: "Tap an example above the box, then send it.",
  welcomeNoExample: "Type /visit 七3 王小明 lives with grandmother, then send it.",
  welcomeTwo: "Move the clock on a day and see the coverage and /todo change.",
  welcomeThree: "Record one in the group with 同行：蔡平, then see what 蔡平 got.",
  sending: "Sending", unsure: "Not sure it arrived. Send it again: it counts once.", resend: "Send again",
  refused: "Not taken: {error}", edit: "Back into the box",
  quietGroup: "The bot did not answer. In a group it listens only to messages that begin with /.",
  quietDirect: "The bot did not answer.", more: "Show all", less: "Show less", understood: "How it was read",
  onlyYou: "Only you see this", toDirect: "Open the one-to-one chat", saidIn: "Said in “{title}”", toChat: "Go there",
  late: "This question has passed", notYours: "This was asked of someone else", sayAs: "Say it as {name}",
  clock: "School time", plusHour: "+1 hour", plusDay: "+1 day", toFriday: "To Fri 16:00", plusFifteen: "+15 days",
  clockTo: "Move to", clockGo: "Move", busy: "Walking there step by step; what falls due is done on the way…",
  toldNone: "There was nothing to tell anyone.", told: "On the way the bot sent {n}:",
  others: "What the bot told others", inboxLabel: "Messages received", inboxOf: "Whose messages", pick: "Choose a person or a group", arrivals: "New messages for",
  inboxStart: "What the bot tells others shows here. Record a visit with “with: ” and a colleague's name to see one.",
  inboxNone: "Nothing has been sent to {name} yet.", speakAs: "Speak as {name}", goGroup: "Go to this group",
  unread: "{n} unread",
  foot: "Teachers, families and students here are invented; the line leaders are the plan’s own. "
    + "A trial on this machine only: nothing is sent to anyone.",
  offline: "The connection to the service is lost; reconnecting.", noService: "The service cannot be reached: {error}",
  retry: "Try again", networkError: "No answer. Is the service still running?", statusError: "The service answered {status}.",
  role_teacher: "Teachers", role_liaison: "Liaisons", role_leader: "Line leaders", role_head: "Head",
  role_deputy_head: "Deputy head", role_office: "Office", role_working: "Working group", role_admin: "Admins", role_other: "Others",
  one_teacher: "teacher", one_liaison: "liaison", one_leader: "line leader", one_head: "head", one_deputy_head: "deputy head",
  one_office: "office", one_working: "working group", one_admin: "admin",
  comma: ", ", switchTo: "中文", switchLabel: "换成中文",
};

const TABLES = { "zh-CN": ZH, en: EN };
const REMEMBERED = "zoufang.language";
let current = "zh-CN";

export const language = () => current;
export const otherLanguage = () => (current === "en" ? "zh-CN" : "en");

/** The label `key` with its {blanks} filled in; a key that no table has is shown as it is. */
export function t(key, blanks = {}) {
  const label = TABLES[current][key] ?? key;
  return label.replace(/\{(\w+)\}/g, (whole, name) => (name in blanks ? String(blanks[name]) : whole));
}

/** A role we have no word for is shown by its own name, so that a new one is never hidden. */
export const roleName = (role) => TABLES[current][`role_${role}`] ?? role;

/** The role of one person; only English tells it from the name of the many. */
export const oneRole = (role) => TABLES[current][`one_${role}`] ?? roleName(role);

export function chooseFirstLanguage(remembered = read()) {
  const wanted = remembered || document.documentElement.lang || navigator.language || "";
  useLanguage(wanted.toLowerCase().startsWith("zh") ? "zh-CN" : "en", false);
}

export function useLanguage(name, remember = true) {
  current = name in TABLES ? name : "en";
  document.documentElement.lang = current;
  if (remember) write(current);
  labelPage(document);
}

function labelPage(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

// Storage may be switched off in a browser; then the choice lasts until the page is closed.
function read() {
  try { return localStorage.getItem(REMEMBERED); } catch { return null; }
}

function write(name) {
  try { localStorage.setItem(REMEMBERED, name); } catch { /* not remembered, and nothing else is lost */ }
}

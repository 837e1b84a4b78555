/** Word lists of plain English that the planner reads every request with. Nothing here belongs to a site. */
import { stem } from './tokens.ts';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

export const QUESTION = list(`what which who whom whose when where why how is are am was were do does did has have had
  should shall might may could can would will isn't aren't doesn't didn't whats`);
export const SUBJECT = list('i we he she they it you there someone somebody');
const POINTING = 'a an the my your our some this';
export const ARTICLE = list(`${POINTING} another new`);
const LEADING = 'to on in into onto from of for at as by with towards';
export const PREPOSITION = list(`${LEADING} near until before due off`);

/** Words that carry no subject: they neither speak for a tool nor against it. */
export const STOP = new Set([
  ...QUESTION,
  ...SUBJECT,
  ...list(`${POINTING} ${LEADING} that these those any all his her its their me him us them be been must about and or
  but so if then than too also just very really please kindly now here not no yes ok okay hey hi hello thanks thank well
  oh much many more recently lately currently again still maybe
  perhaps left up out being got gets such each own only even ever yet rather quite actually both either instead myself
  because while way`),
]);

/** Words that say little by themselves: `show me`, `give me`, `I want some`. */
export const WEAK = list(`show tell give get make let want need go see take have say know something anything thing stuff
  one ones good like put set`);

export const COPULA = list(`is are was were am been isn't aren't wasn't weren't already had`);
export const NEGATION = list('not never neither nor dont doesnt didnt cannot cant wont');
export const CONDITION = list('if unless whenever when suppose supposing imagine could might except');
export const CONNECTOR = list('me us to that about of for called named titled saying');

/** Common words that nobody mistypes for what a tool says, and that are often mistyped themselves. */
export const CORE =
  list(`first third last today tomorrow yesterday tonight morning afternoon evening noon midnight minute hour second
  half halfway quarter dozen couple every other under above below within without ago later early late soon around
  across along during since down same old best better right whole part man woman word line time home house life
  hand face eye side case point room water world city town street road food table stand live speak eat drink came
  went gone saw made felt told asked used using kept held wear lose paid spend build sorry lunch dinner pizza flat
  weather news card door window waiting looking trying said think feel safe happy real sure ties`);

/**
 * Command verbs that people use for one another. A word that stands in no line stands for itself; `sign_up` is what
 * `sign … up` is read as.
 */
const ALIKE = `
add put insert include append place create new compose chuck pop stick throw toss drop_in put_in enter
remove delete drop clear erase discard cancel bin scrap ditch take_out take_off get_out throw_out kick dump wipe
show list display view see pull_up bring_up look_at let_see
find search look lookup locate seek look_for look_up browse hunt
go open navigate visit show head
buy order purchase get grab
change update edit modify set adjust alter switch amend correct revise make
turn switch flip set toggle power turn_on turn_off switch_on switch_off fire_up put_on
start begin launch run fire_up kick_off turn_on
play hear listen put_on
stop end halt pause quit kill shut finish
book reserve schedule arrange make get take put_down
cancel call_off scrap give_up withdraw drop abandon revoke annul void
calculate compute evaluate solve work_out estimate quote
send submit post hand_in turn_in forward deliver upload
message write text contact email mail tell drop_line
remind remember nudge alert notify ping
renew extend prolong keep lengthen
borrow lend loan
complete finish tick mark check_off close
define explain describe
reorder repeat order request refill
pay settle transfer clear
enrol enroll register join sign_up subscribe apply put_down
leave drop quit unenrol deregister withdraw get_out sign_out unsubscribe
unlock open open_up unbolt let_in
lock bolt secure close
open lift
close shut lower draw
ask question query enquire wonder
report note tell log file flag raise lodge
record note log write_down
track follow trace where
check verify test
clean vacuum hoover sweep
heat warm
download get fetch export save send
invite allow let give grant share
charge load top_up recharge
move relocate transfer shift switch reschedule postpone delay push push_back put_off
return refund
rate review
read summarise summarize summary sum_up recap
estimate cost price much
increase raise turn_up crank bump
decrease reduce lower turn_down cut dim
rename call name
copy duplicate clone
assign give delegate
invoice bill
follow watch
meet see
hide mute silence
block freeze suspend
unblock unfreeze
disable disarm deactivate
enable arm activate
convert translate`;

/** Words for the same: what values, measures, payments, places and things are called on any site. */
const SAME = `
on enable active
off disable inactive deactivate
large big huge xl size
small little tiny mini micro size
cheap inexpensive affordable budget price
expensive premium luxury price
urgent asap critical important high top
fast quick express rapid speed
low minor unimportant
medium normal moderate average standard regular ordinary
max maximum full highest strongest
min minimum lowest least
quiet silent gentle soft
noise loud noisy sound
temperature warm hot cold degree
humidity damp humid
weight heavy
height tall
distance far
duration long length
business company corporate work firm commercial
private personal
extra additional more further
separate own single individual
living lounge sitting
garden yard
cellar basement
hall hallway corridor
rear back behind
basket cart trolley bag
article item product
order parcel package shipment purchase
account profile setting
help support faq
plan tariff subscription
booking reservation
trip ride journey
invoice bill receipt
price cost fee charge much
credit balance money
bank wire transfer
csv spreadsheet excel
xlsx excel spreadsheet
eur euro
usd dollar buck
gbp pound quid sterling
chf franc
jpy yen
document file paper
email mail
post mail letter
collect pickup pick fetch pick_up
delivery deliver shipping
away absent absence sick vacation holiday
upcoming future coming planned next
finished past done completed over closed previous
open pending unresolved
mistake accident wrong error mistaken
english en
german de
french fr
spanish es
italian it
screen monitor display projector
computer laptop pc notebook
photo picture image
film movie
song track music tune
vegetarian veggie meatless
person people guest traveller passenger seat
baby infant
child kid
doctor physician gp
car vehicle auto
van truck lorry
phone telephone mobile cell
flight plane fly
hotel accommodation stay
shirt top
jumper sweater pullover
trousers pants
sofa couch
fridge refrigerator
tv television telly
camera cam
light lamp
energy electricity power
note comment remark
issue bug problem ticket defect fault
meeting appointment
colleague coworker teammate
customer client
calendar agenda timetable schedule
result grade mark score
weekly week
daily day
monthly month
annual annually year yearly
newest latest recent
oldest earliest
grey gray
purple violet`;

const CLASS = new Map<string, number[]>();
const GROUP = new Map<string, number[]>();
/** All words that stand in a line with others. */
export const GROUPED = new Set<string>();
function index(lines: string, map: Map<string, number[]>): void {
  for (const [line, text] of lines.trim().split('\n').entries()) {
    for (const word of text.trim().split(' ')) {
      GROUPED.add(word);
      map.set(stem(word), [...(map.get(stem(word)) ?? []), line]);
    }
  }
}
index(ALIKE, CLASS);
index(SAME, GROUP);

const NONE: readonly number[] = [];
/** The groups of command verbs that a stem belongs to. */
export const verbClasses = (stemmed: string): readonly number[] => CLASS.get(stemmed) ?? NONE;
/** The groups of words for the same that a stem belongs to. */
export const groupsOf = (stemmed: string): readonly number[] => GROUP.get(stemmed) ?? NONE;

/** Whether two stems are said for one another. */
export const alike = (a: string, b: string): boolean =>
  a === b || groupsOf(a).some((group) => groupsOf(b).includes(group));

/** Verbs in two parts: what the first becomes with the second beside it, or after the word between. */
export const PARTICLE = new Set([...CLASS.keys()].filter((word) => word.includes('_')));

/** Deeds that take one another back. */
const OPPOSITE =
  'add remove,enrol drop,enroll drop,book cancel,open close,start stop,on off,enable disable,archive restore,pause resume,arm disarm,increase decrease,show hide,join leave,accept decline'
    .split(',')
    .map((pair) => pair.split(' ').map(stem));

/** Whether two stems name deeds that take one another back. */
export const opposed = (a: string, b: string): boolean =>
  a !== b &&
  (a === `un${b}` ||
    b === `un${a}` ||
    OPPOSITE.some((pair) => pair.some((one, at) => a === one && sameDeed(b, pair[1 - at] ?? ''))));

/** Whether a deed changes or takes away what is there already. */
export const alters = (stemmed: string): boolean =>
  ['remov', 'cancel'].some((verb) => sameDeed(verb, stemmed)) ||
  /^(?:mov|renam|re(?:open|schedul|stor))$/.test(stemmed);

/** Whether a deed changes, takes away, gives back or ends what is there: nothing is made by it. */
export const takesBack = (stemmed: string): boolean =>
  alters(stemmed) || ['return', 'stop', 'edit', 'sell', 'releas'].some((verb) => sameDeed(verb, stemmed));

/** Whether two command verbs are used for one another. */
export const sameDeed = (a: string, b: string): boolean =>
  a === b || verbClasses(a).some((one) => verbClasses(b).includes(one));

/**
 * The words of which sentences about objects are made: those that servers use themselves, and those that rules of at least three
 * of some fifty well-known projects have in common. None of them is worth anything as a value, and all that is shown of a
 * sentence of unknown origin is made of them; so a word comes in for what it says in sentences, never for a kind of value.
 */
const words = new Set(
  `0 1 1123 253 63 a about above absent absolute accept access account active actual add additional address admission after
again all allow alphanumeric already also always an annotation another any api apiserver applied apply are array associative
at authentication authorization auto available aws backend base base64 be because been before begin beginning being below
between body boolean both budget but by byte ca call calling can cannot case cel cert certificate change character check
chunk cidr claim class client cluster combination combine complete condition config configuration configure conflict connect
connection consist consistent constraint contain container content continue continuing control controller correct cors could
count crd create creation credential cross current currently custom data date declared decode decoding default define
definition delay delete deletion denied denominator deny deployment deprecated dial did digit directory discriminator display
disruption dns does domain done duplicate duration during e.g each either element empty enable end ending endpoint ensure
entity entries entry enum environment equal error etcd evict exact exactly exceed except exclusive exist existing expect
expression extension external factor fail failure false field file filter finalizer first float follow for forbid forbidden
format found fraction from full fully gateway generate generation get given go got greater group grpc handle has hash have
header higher host hostname html http id if illegal image immutable in include including inconsistent information
initializing inline input inside instance instead int int32 int64 integer internal interval into invalid io ip is it item job
json jwks k8s keep key kind known kubernetes label large larger later latest ldap least length less level like limit list
listener load local location log logging long longer looking lower lowercase made manage manager many map match matching max
maximum may media merge message meta metadata method min minimum missing mode modified modify more most must mutually name
namespace need negative network new nil no node non none not nothing now null number numerator numeric object occurred of
oidc old omit omitted on once one only openapi operation operator option optional or order other otherwise out over owner
parameter parent parse parsing part password patch path pattern per percent period persist please pod point policies policy
pool port position positive possible precondition prefix present prevent previous priority process properties property
protocol provide provider public qualified query quota range rbac re reason receive ref reference refused regex region
registry remainder remove replace replica request require requirement reserve resource response restrict result retrieve
retry returned rfc role route rule run s same schema scope second secret security selector self send sent server service set
setting shorter should show since size small so some source spec specific specified specify standard start state status step
storage strategy strict string struct subdomain subresource such support syntax system target tcp template terminate text
than that the their them then there these this through time timeout tls to together token too topology true trust try trying
two type uid unable unauthorized under unexpected unique unknown unless unmarshal unrecognized unset unsupported until up
update upper uppercase uri url use user username using uuid valid validate validation value variable verb verify version
violate volume wait want was weak webhook were when where whether which while who whole will with within without would write
wrong yaml yet you your zero zone`.split(/\s/),
);

/** Whether a word, in small letters, is one of those; a plural or a past form of one is as well. */
export function isKnownWord(word: string): boolean {
  if (words.has(word) || (/[sd]$/.test(word) && words.has(word.slice(0, -1)))) return true;
  return /(?:es|ed)$/.test(word) && words.has(word.slice(0, -2));
}

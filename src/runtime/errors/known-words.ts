/**
 * The words of which sentences about objects are made: those that servers use themselves, and those that rules of at least three
 * of some fifty well-known projects have in common. None of them is worth anything as a value, and all that is shown of a
 * sentence of unknown origin is made of them; so a word comes in for what it says in sentences, never for a kind of value.
 */
const words = new Set(
  `0 1 1123 253 63 a about above absent absolute accept access account active actual add additional address admission after again
all allow alphanumeric already also always an annotation another answer any api apiserver applied apply are array associative
at authentication authority authorization auto available aws backend backoff bad base base64 be because been before begin
beginning being below between body boolean both broken budget but by byte ca call calling can canceled cannot case cel cert
certificate change character check chunk cidr claim class client closed closing cluster code combination combine compacted
complete condition config configuration configure conflict connect connection consist consistent constraint contain container
content context continue continuing control controller correct cors could count crd create creation credential cross current
currently custom data database date deadline declared decode decoding default define definition delay delete deletion denied
denominator deny deployment deprecated desc dial dialing did digit directory discriminator display disruption dns does domain
done duplicate duration during e.g each either element empty enable end ending endpoint endpoints ensure entity entries entry
enum environment eof equal error etcd etcdserver evict exact exactly exceed except exclusive exist existing expect expired
expression extension external factor fail failure false field file filter finalizer first float follow for forbid forbidden
format found fraction from full fully gateway generate generation get given go got greater group grpc handle handshake has
hash have header healthy higher host hostname html http http2 id if illegal image immutable in include including inconsistent
information initializing inline input inside instance instead int int32 int64 integer internal interval into invalid io ip is
it item job json jwks k8s keep key kind known kubernetes label lagging large larger later latest ldap leader learner least
length less level like limit limiting list listener load local location log logging long longer looking lost lower lowercase
made manage manager many map match matching max maximum may media merge message meta metadata method min minimum mismatch
missing mode modified modify more most must mutually mvcc name namespace need negative network new nil no node non none not
nothing now null number numerator numeric object occurred of oidc old omit omitted on once one only openapi operation operator
option optional or order other otherwise out over overloaded owner panic parameter parent parse parsing part password patch
path pattern peer per percent period persist pipe please pod point policies policy pool port position positive possible
precondition prefix present prevent previous priority process properties property protocol provide provider proxy public
qualified query quota range rbac re ready reason receive ref reference refused regex region registry remainder remove replace
replica request require requirement reserve reset resource response restrict result retrieve retry returned revision rfc role
route rpc rule run s same schema scope second secret security selector self send sent server service set setting shorter
should show signed since size small so some source space spec specific specified specify standard start state status step
stopped storage strategy stream strict string struct subdomain subresource such support syntax system takes target tcp
template terminate text than that the their them then there these this throttled through time timed timeout tls to together
token too topology transport true trust try trying two type uid unable unauthorized unavailable under unexpected unhealthy
unique unknown unless unmarshal unreachable unrecognized unset unsupported until up update upper uppercase uri url use user
username using uuid valid validate validation value variable verb verify version violate volume wait want was weak webhook
were when where whether which while who whole will with within without would write wrong x509 yaml yet you your zero zone`.split(
    /\s/,
  ),
);

/** Whether a word, in small letters, is one of those; a plural or a past form of one is as well. */
export function isKnownWord(word: string): boolean {
  if (words.has(word) || (/[sd]$/.test(word) && words.has(word.slice(0, -1)))) return true;
  return /(?:es|ed)$/.test(word) && words.has(word.slice(0, -2));
}

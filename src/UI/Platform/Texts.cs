using ContactCenterCrm.UI.Agents;
using ContactCenterCrm.UI.Calendars;
using ContactCenterCrm.UI.Calls;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Deals;
using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Dialling;
using ContactCenterCrm.UI.Funnels;
using ContactCenterCrm.UI.Mail;
using ContactCenterCrm.UI.Missed;
using ContactCenterCrm.UI.Outcomes;
using ContactCenterCrm.UI.Pbx;
using ContactCenterCrm.UI.Presence;
using ContactCenterCrm.UI.Recordings;
using ContactCenterCrm.UI.Shell;
using ContactCenterCrm.UI.SignIn;
using ContactCenterCrm.UI.Tasks;
using ContactCenterCrm.UI.Twilio;

namespace ContactCenterCrm.UI.Platform;

/// <summary>Everything that the product says, in one language. Cascades through all pages; a new one repaints them, with their state kept.</summary>
public sealed class Texts(Language language)
{
    public Language Language { get; } = language;
    public CommonTexts Common { get; } = new(language);
    public TimeTexts Time { get; } = new(language);
    public ProblemTexts Problem { get; } = new(language);
    public ShellTexts Shell { get; } = new(language);
    public SignInTexts SignIn { get; } = new(language);
    public DeskTexts Desk { get; } = new(language);
    public DiallingTexts Dialling { get; } = new(language);
    public ClientTexts Clients { get; } = new(language);
    public MergeTexts Merge { get; } = new(language);
    public DealTexts Deals { get; } = new(language);
    public GateTexts Gate { get; } = new(language);
    public FunnelTexts Funnels { get; } = new(language);
    public FunnelRuleTexts FunnelRules { get; } = new(language);
    public FunnelReportTexts FunnelReport { get; } = new(language);
    public DealImportTexts DealImport { get; } = new(language);
    public FieldTexts Fields { get; } = new(language);
    public CallTexts Calls { get; } = new(language);
    public RecordingTexts Recordings { get; } = new(language);
    public CalendarTexts Calendars { get; } = new(language);
    public TaskTexts Tasks { get; } = new(language);
    public OutcomeTexts Outcomes { get; } = new(language);
    public PresenceTexts Presence { get; } = new(language);
    public MailTexts Mail { get; } = new(language);
    public LostTexts Lost { get; } = new(language);
    public PbxTexts Pbx { get; } = new(language);
    public TwilioTexts Twilio { get; } = new(language);
    public AgentTexts Agents { get; } = new(language);
    public RuleTexts Rules { get; } = new(language);

    static readonly Texts English = new(Language.English);
    static readonly Texts Russian = new(Language.Russian);

    public static Texts In(Language language) => language switch
    {
        Language.English => English,
        Language.Russian => Russian,
    };
}

import type { Bordereau } from '@pass/contracts/bordereaux.ts'
import { BORDEREAU_LABELS, rejetTitre } from '@pass/domain/bordereaux.ts'
import { formatPeriode, LIGNE_LABELS } from '@pass/domain/clotures.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Timeline } from '@pass/web/ui/timeline.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { drawBordereau, exportBordereau, getBordereau } from '../calls.ts'
import { paths } from '../paths.ts'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ bordereau: apiQuery(getBordereau, { params: paramsOf(getBordereau, params) }) })

type Line = { pass: number; montantCentimes: number }
const line = ({ pass, montantCentimes }: Line): string => `${pluralPass(pass)}, ${euros(montantCentimes)}`

const Facts = ({ bordereau }: { bordereau: Bordereau }) => (
  <Card titre="Virement">
    <DefinitionList
      items={[
        { terme: 'Montant', valeur: euros(bordereau.montantCentimes) },
        { terme: 'Pass utilisés', valeur: pluralPass(bordereau.pass) },
        { terme: 'Payé le', valeur: <Jour date={bordereau.datePaiement} /> },
        { terme: 'Compte', valeur: <span className="code">{bordereau.compte.ibanMasque}</span> },
        { terme: 'Titulaire', valeur: bordereau.compte.titulaire },
        { terme: 'Opérateur', valeur: bordereau.operateur.nom },
        ...(bordereau.remise
          ? [{ terme: 'Référence du virement', valeur: <span className="code">{bordereau.remise.reference}</span> }]
          : []),
      ]}
    />
    <p>
      <FileLink href={fileUrl(drawBordereau, { params: { bordereauId: bordereau.id } })} nom={`Relevé ${bordereau.reference}`} type="PDF" />
    </p>
    <p>
      <FileLink
        href={fileUrl(exportBordereau, { params: { bordereauId: bordereau.id } })}
        nom={`Lignes ${bordereau.reference}`}
        type="CSV"
      />
    </p>
  </Card>
)

/** What the transfer adds to the uses or takes from them, each with its reason. */
const Lignes = ({ lignes }: Pick<Bordereau, 'lignes'>) =>
  lignes.length === 0 ? null : (
    <Card titre="Reports, retenues et frais">
      <DefinitionList
        items={lignes.map(({ nature, objet, collectivite, montantCentimes }) => ({
          terme: `${LIGNE_LABELS[nature]}${objet ? `, ${objet}` : ''} (${collectivite})`,
          valeur: euros(montantCentimes),
        }))}
      />
    </Card>
  )

const Rejected = ({ bordereau: { statut, report, rejet } }: { bordereau: Bordereau }) =>
  statut !== 'rejete' ? null : (
    <Notice tone="refus" titre={rejetTitre(rejet)}>
      {rejet && `Motif : ${rejet.motif}. `}
      {report ? (
        <>
          Son montant est repris par le bordereau <Link to={paths.bordereau({ bordereauId: report.id })}>{report.reference}</Link>.
        </>
      ) : (
        'Son montant vous est de nouveau dû. Si votre compte est refusé, enregistrez-en un autre : le prochain bordereau le reprendra.'
      )}
    </Notice>
  )

export const Component = () => {
  const { bordereau } = useWarmed<typeof loader>()
  return (
    <Page
      titre={`Bordereau ${bordereau.reference}`}
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.virements(), label: 'Virements' },
      ]}
      intro={`Pass utilisés, ${formatPeriode(bordereau)}`}
      badge={<BordereauBadge statut={bordereau.statut} />}
      actions={
        <LinkButton variant="second" to={paths.passUtilises({ bordereau: bordereau.id })}>
          Voir ses pass utilisés
        </LinkButton>
      }
    >
      <Rejected bordereau={bordereau} />
      <Columns>
        <Stack>
          <Facts bordereau={bordereau} />
          <Lignes lignes={bordereau.lignes} />
          <Card titre="Étapes">
            <Timeline
              etapes={bordereau.etapes.map(({ action, acteur, at }) => ({
                cle: `${action} ${at}`,
                titre: action,
                etat: action === BORDEREAU_LABELS.rejete ? ('refus' as const) : ('fait' as const),
                detail: <Instant at={at} />,
                acteur,
              }))}
            />
          </Card>
        </Stack>
        <Stack>
          <Card titre="Par lieu">
            <DefinitionList items={bordereau.lieux.map((row) => ({ terme: row.lieu, valeur: line(row) }))} />
          </Card>
          <Card titre="Par collectivité">
            <DefinitionList items={bordereau.conventions.map((row) => ({ terme: row.collectivite, valeur: line(row) }))} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}

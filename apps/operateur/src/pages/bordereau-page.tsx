import { type Bordereau, bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { rejetTitre } from '@pass/domain/bordereaux.ts'
import { formatPeriode, LIGNE_LABELS } from '@pass/domain/clotures.ts'
import { formatNumber, plural, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { useCan } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'
import { BordereauActs } from '../widgets/bordereau-acts.tsx'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'
import { RejectCard } from '../widgets/reject-card.tsx'
import { BordereauSteps } from '../widgets/bordereau-steps.tsx'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ bordereau: apiQuery(bordereauRoutes.getBordereau, { params: paramsOf(bordereauRoutes.getBordereau, params) }) })

type Line = { nom: string; pass: number; montantCentimes: number }

const columnsOf = (titre: string): readonly Column<Line>[] => [
  { cle: 'nom', titre, cell: (row) => row.nom },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]
const PAR_CONVENTION: readonly Column<Line & { utilisationsCentimes: number }>[] = [
  { cle: 'nom', titre: 'Collectivité', cell: (row) => row.nom },
  { cle: 'pass', titre: 'Pass à rembourser', cell: (row) => formatNumber(row.pass), align: 'droite' },
  { cle: 'utilisations', titre: 'Utilisations', cell: (row) => <Euros centimes={row.utilisationsCentimes} />, align: 'droite' },
  { cle: 'montant', titre: 'À payer', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

type Ligne = Bordereau['lignes'][number] & { rank: number }
const LIGNES: readonly Column<Ligne>[] = [
  { cle: 'nature', titre: 'Nature', cell: (row) => LIGNE_LABELS[row.nature] },
  { cle: 'collectivite', titre: 'Collectivité', cell: (row) => row.collectivite },
  { cle: 'objet', titre: 'Objet', cell: (row) => row.objet || '–' },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
]

const Lignes = ({ lignes }: Pick<Bordereau, 'lignes'>) =>
  lignes.length === 0 ? null : (
    <DataTable
      caption={`Reports, retenues et frais : ${plural(lignes.length, 'ligne')}`}
      rows={lignes.map((ligne, rank) => ({ ...ligne, rank }))}
      rowKey={({ rank }) => String(rank)}
      columns={LIGNES}
      empty={null}
    />
  )

const PAR_LIEU = columnsOf('Lieu')

const Subtotals = <L extends Line>({ caption, columns, rows }: { caption: string; columns: readonly Column<L>[]; rows: readonly L[] }) => (
  <DataTable
    caption={caption}
    rows={rows.map((row, rank) => ({ ...row, rank }))}
    rowKey={({ rank }) => String(rank)}
    columns={columns}
    empty={<p className="vide doux">Aucune ligne.</p>}
  />
)

const Remise = ({ bordereau: { id, remise } }: { bordereau: Bordereau }) => {
  const can = useCan()
  if (!remise) return null
  const href = fileUrl(bordereauRoutes.getSepa, { params: { bordereauId: id } })
  return (
    <>
      {can('bordereau:release') ? (
        <FileLink href={href} nom={`Fichier SEPA ${remise.reference}`} type="XML" />
      ) : (
        <p>{`Fichier SEPA ${remise.reference}, téléchargé par la personne qui émet les virements.`}</p>
      )}
      <p className="petit doux">
        Empreinte SHA-256&nbsp;: <span className="code">{remise.sha256}</span>
      </p>
    </>
  )
}

const Documents = ({ bordereau }: { bordereau: Bordereau }) => (
  <Card titre="Documents">
    <FileLink
      href={fileUrl(bordereauRoutes.drawBordereau, { params: { bordereauId: bordereau.id } })}
      nom={`Relevé ${bordereau.reference}`}
      type="PDF"
    />
    <FileLink
      href={fileUrl(bordereauRoutes.exportBordereau, { params: { bordereauId: bordereau.id } })}
      nom={`Lignes ${bordereau.reference}`}
      type="CSV"
    />
    <Remise bordereau={bordereau} />
    <p>
      <Link to={paths.utilisations({ bordereauId: bordereau.id })}>Voir ses utilisations une à une</Link>
    </p>
  </Card>
)

const Facts = ({ bordereau: { structure, mois, semaine, pass, montantCentimes, compte, datePaiement } }: { bordereau: Bordereau }) => (
  <DefinitionList
    items={[
      { terme: 'Structure', valeur: structure.nom },
      { terme: 'Période', valeur: formatPeriode({ mois, semaine }) },
      { terme: 'Pass à rembourser', valeur: pluralPass(pass) },
      { terme: 'Montant', valeur: <Euros centimes={montantCentimes} /> },
      { terme: 'Titulaire du compte', valeur: compte.titulaire },
      { terme: 'IBAN', valeur: compte.ibanMasque },
      ...(datePaiement ? [{ terme: 'Payé le', valeur: <Jour date={datePaiement} /> }] : []),
    ]}
  />
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
        'Son montant est de nouveau dû : le prochain bordereau de la structure le reprendra, dès qu’elle aura un compte accepté.'
      )}
    </Notice>
  )

export const Component = () => {
  const { bordereau } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  const { conventions, lieux, reference, structure, statut } = bordereau
  return (
    <Page
      titre={`Bordereau ${reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.bordereaux(), label: 'Bordereaux' },
      ]}
      intro={`${structure.nom}, ${formatPeriode(bordereau)}`}
      badge={<BordereauBadge statut={statut} />}
    >
      <SaidNotice said={said} />
      <Rejected bordereau={bordereau} />
      <Sheet
        agir={
          <>
            <BordereauActs bordereau={bordereau} onDone={setSaid} />
            <RejectCard bordereau={bordereau} onDone={setSaid} />
          </>
        }
        corps={
          <>
            <Card titre="Ce bordereau">
              <Facts bordereau={bordereau} />
            </Card>
            <Subtotals
              caption={`Sous-totaux par collectivité : ${plural(conventions.length, 'convention')}`}
              columns={PAR_CONVENTION}
              rows={conventions.map(({ collectivite, ...line }) => ({ nom: collectivite, ...line }))}
            />
            <Lignes lignes={bordereau.lignes} />
            <Subtotals
              caption={`Sous-totaux par lieu : ${plural(lieux.length, 'lieu', 'lieux')}`}
              columns={PAR_LIEU}
              rows={lieux.map(({ lieu, ...line }) => ({ nom: lieu, ...line }))}
            />
          </>
        }
        suite={
          <>
            <Card titre="Étapes">
              <BordereauSteps bordereau={bordereau} />
            </Card>
            <Documents bordereau={bordereau} />
          </>
        }
      />
    </Page>
  )
}

import { mountApp } from '@pass/web/app.tsx'
import { CalendarCheck, HandHeart, House, Package, PackageCheck, Users } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'
import './styles.css'

mountApp({
  role: 'prescripteur',
  titre: 'Prescripteur',
  menu: [
    { to: paths.accueil(), label: 'Accueil', icon: House, end: true },
    { to: paths.remettre(), label: 'Remettre un carnet', court: 'Remettre', icon: HandHeart, droit: 'prescription:create' },
    { to: paths.stock(), label: 'Mon stock', icon: Package, droit: 'carnet:read' },
    { to: paths.personnes(), label: 'Personnes servies', court: 'Personnes', icon: Users, droit: 'prescription:read' },
    { to: paths.rendezVous(), label: 'Rendez-vous', icon: CalendarCheck, droit: 'creneau:read' },
    { to: paths.attributions(), label: 'Attributions', court: 'Réceptions', icon: PackageCheck, droit: 'carnet:read' },
  ],
  routes,
})
